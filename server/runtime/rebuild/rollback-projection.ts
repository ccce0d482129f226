import { and, eq, isNotNull } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { ARCHIVE_SCHEMA, CANDIDATE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { loadCheckpoint } from '#server/runtime/views/checkpoint.ts';
import { notifyControl } from '#server/runtime/views/claim.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { forgetPrevious } from './end-rebuild.ts';
import { fillCandidate } from './fill-candidate.ts';
import { dropTables, moveTables } from './generation-tables.ts';
import { makeReady } from './make-ready.ts';
import { readTarget } from './read-candidate-batches.ts';
import type { Rebuild } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';
import { refuseLateSkips } from './refuse-late-skips.ts';
import { discardFailed, insertRebuild } from './request-rebuild.ts';
import { swapRebuild } from './swap-rebuild.ts';

/**
 * Returns to the generation that the last swap put aside: brings it up from where it stood then,
 * and swaps it in, so that readers do not go back in time. What serves now is kept in its place. If
 * it is cut off, a worker brings it up all the same, and it waits to be swapped or discarded.
 * Throws REBUILD_NOT_FOUND without a previous generation; REBUILD_REFUSED when that is of another
 * version than this program's code, when an event that it holds was skipped since, or while there
 * is a rebuild; REBUILD_STOPPED; and what swapRebuild throws.
 */
export async function rollbackProjection(
  db: Db,
  projection: PostgresView,
  operator: Operator,
): Promise<Rebuild> {
  const id = await beginRollback(db, projection, operator);
  await fillCandidate(db, projection, id);
  await makeReady(db, projection, id);
  return swapRebuild(db, projection, operator);
}

async function beginRollback(
  db: Db,
  projection: PostgresView,
  operator: Operator,
): Promise<number> {
  const { name, version } = projection;
  const live = await loadCheckpoint(db, projection);
  const target = await readTarget(db, name);
  return db.transaction(async (tx) => {
    await discardFailed(tx, projection);
    const [swap] = await tx
      .select()
      .from(rebuilds)
      .where(and(eq(rebuilds.projection, name), isNotNull(rebuilds.previousPosition)))
      .for('update');
    const position = swap?.previousPosition ?? null;
    if (position === null) {
      throw new PlayheadError(
        'REBUILD_NOT_FOUND',
        `${name} has no previous generation to return to.`,
      );
    }
    if (swap?.previousVersion !== version) {
      throw new PlayheadError(
        'REBUILD_REFUSED',
        `The previous generation of ${name} is of version ${swap?.previousVersion}, and only that ` +
          `version of the code can bring it up to date; this program has version ${version}: start ` +
          'the program of that time, and roll back with it.',
      );
    }
    await refuseLateSkips(tx, { projection: name, since: swap.updatedAt, position });
    const events = Math.max(0, target - position);
    const id = await insertRebuild(tx, {
      projection: name,
      kind: 'rollback',
      status: 'running',
      fromVersion: live.version,
      version,
      startPosition: position,
      position,
      target,
      estimate: { events, bytes: 0, seconds: null, rate: null, basis: 'nothing' },
      requestedBy: operator.actor,
    });
    await forgetPrevious(tx, name);
    await dropTables(tx, projection, CANDIDATE_SCHEMA);
    await moveTables(tx, projection, ARCHIVE_SCHEMA, CANDIDATE_SCHEMA);
    await recordOperatorAction(tx, operator, 'rollback', name, { rebuild: id, position });
    await notifyControl(tx, name);
    return id;
  });
}
