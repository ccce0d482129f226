import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import { dropArchivedDeadLetters } from '#server/runtime/dead-letters/swap-dead-letters.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { ARCHIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { notifyControl } from '#server/runtime/views/claim.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { discardCandidate } from './discard-candidate.ts';
import { dropTables } from './generation-tables.ts';
import type { RebuildStatus } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';

/** Whose generations there are. */
type Generations = Pick<PostgresView, 'name' | 'tables' | 'keptByTriggers'>;

/**
 * Cancels a projection's rebuild while it is being filled: it stops after the batch in hand, and its
 * tables go. The generation that serves is not touched. Throws REBUILD_NOT_FOUND.
 */
export function cancelRebuild(db: Db, projection: Generations, operator: Operator): Promise<void> {
  return end(db, projection, operator, {
    action: 'cancel-rebuild',
    from: ['running'],
    to: 'cancelled',
    missing: `${projection.name} has no rebuild that is being filled.`,
  });
}

/**
 * Drops a new generation that is ready (or whose rebuild failed) without having served. Throws
 * REBUILD_NOT_FOUND.
 */
export function discardRebuild(db: Db, projection: Generations, operator: Operator): Promise<void> {
  return end(db, projection, operator, {
    action: 'discard-rebuild',
    from: ['ready', 'failed'],
    to: 'discarded',
    missing: `${projection.name} has no rebuild that is ready or has failed.`,
  });
}

async function end(
  db: Db,
  projection: Generations,
  operator: Operator,
  {
    action,
    from,
    to,
    missing,
  }: {
    readonly action: string;
    readonly from: readonly RebuildStatus[];
    readonly to: RebuildStatus;
    readonly missing: string;
  },
): Promise<void> {
  const { name } = projection;
  await db.transaction(async (tx) => {
    // The update waits for the batch in hand, and no other one gets past it.
    const [ended] = await tx
      .update(rebuilds)
      .set({ status: to, updatedAt: sql`clock_timestamp()` })
      .where(and(eq(rebuilds.projection, name), inArray(rebuilds.status, from)))
      .returning();
    if (ended === undefined) {
      throw new PlayheadError('REBUILD_NOT_FOUND', missing);
    }
    await discardCandidate(tx, projection, ended);
    const effect = { rebuild: ended.id, position: ended.position };
    await recordOperatorAction(tx, operator, action, name, effect);
    await notifyControl(tx, name);
  });
}

/**
 * Drops the generation that the last swap put aside: there is no rollback to it any more. Throws
 * REBUILD_NOT_FOUND when there is none.
 */
export async function discardPrevious(
  db: Db,
  projection: Generations,
  operator: Operator,
): Promise<void> {
  const { name } = projection;
  await db.transaction(async (tx) => {
    const [swapped] = await forgetPrevious(tx, name);
    if (swapped === undefined) {
      throw new PlayheadError(
        'REBUILD_NOT_FOUND',
        `${name} has no previous generation that is kept.`,
      );
    }
    await dropTables(tx, projection, ARCHIVE_SCHEMA);
    await dropArchivedDeadLetters(tx, name);
    await recordOperatorAction(tx, operator, 'discard-previous', name, {
      rebuild: swapped.id,
    });
    await notifyControl(tx, name);
  });
}

/** Notes that the previous generation is no longer kept; answers with the swap that it was kept by. */
export async function forgetPrevious(tx: Tx, projectionName: string): Promise<{ id: number }[]> {
  return tx
    .update(rebuilds)
    .set({ previousVersion: null, previousPosition: null })
    .where(and(eq(rebuilds.projection, projectionName), isNotNull(rebuilds.previousPosition)))
    .returning({ id: rebuilds.id });
}
