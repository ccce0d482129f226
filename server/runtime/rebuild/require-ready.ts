import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { findActiveRebuild, type RebuildRow } from './candidate-checkpoint.ts';

/** A projection's rebuild that is ready. Throws REBUILD_NOT_FOUND, REBUILD_REFUSED while it is filled. */
export async function requireReady(db: Db, projectionName: string): Promise<RebuildRow> {
  const rebuild = await findActiveRebuild(db, projectionName);
  if (rebuild === undefined) {
    throw new PlayheadError('REBUILD_NOT_FOUND', `${projectionName} is not being rebuilt.`);
  }
  if (rebuild.status !== 'ready') {
    throw new PlayheadError(
      'REBUILD_REFUSED',
      `The rebuild of ${projectionName} is at position ${rebuild.position}: wait until it is ready.`,
    );
  }
  return rebuild;
}
