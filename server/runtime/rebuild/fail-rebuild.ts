import { and, eq, inArray, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { ACTIVE } from './candidate-checkpoint.ts';
import type { RebuildError } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';

/** Ends an active rebuild for a reason; its tables stay until it is discarded or begun anew. */
export async function failRebuild(db: Db, id: number, error: RebuildError): Promise<void> {
  await db
    .update(rebuilds)
    .set({ status: 'failed', error, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(rebuilds.id, id), inArray(rebuilds.status, ACTIVE)));
}

/** At which event a rebuild stopped, and why. */
export function toRebuildError(
  projection: string,
  { position, aggregateId, eventSequence, eventType }: JournalEvent,
  cause: unknown,
): RebuildError {
  return {
    message:
      `The rebuild of ${projection} stopped at position ${position}, event ` +
      `${aggregateId}/${eventSequence} (${eventType}): ${toErrorSentence(cause)}`,
    event: { position, aggregateId, eventSequence, eventType },
  };
}

/** A generation is filled by one version of the code from its first event to its last. */
export function otherVersion(
  { name, version }: Pick<PostgresView, 'name' | 'version'>,
  begun: number,
): PlayheadError {
  return new PlayheadError(
    'REBUILD_REFUSED',
    `This rebuild of ${name} was begun by version ${begun} of its code, this program has version ` +
      `${version}: begin it anew.`,
  );
}
