import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db, Tx } from '#server/platform/postgres.ts';
import { notifyControl } from '../claim.ts';
import { dropShelvedDeadLetters } from '../dead-letters/swap-dead-letters.ts';
import { type Operator, recordOperatorAction } from '../record-operator-action.ts';
import { putAwayShadow } from './put-away-shadow.ts';
import type { RebuildStatus } from './rebuild.ts';
import { rebuilds } from './rebuilds-table.ts';
import { dropSchema, previousSchemaOf } from './shadow-schema.ts';

/**
 * Cancels a projection's rebuild while it is being filled: it stops after the batch in hand, and its
 * tables go. The generation that serves is not touched. Throws REBUILD_NOT_FOUND.
 */
export function cancelRebuild(db: Db, projectionName: string, operator: Operator): Promise<void> {
  return end(db, projectionName, operator, {
    action: 'cancel-rebuild',
    from: ['running'],
    to: 'cancelled',
    missing: `${projectionName} has no rebuild that is being filled.`,
  });
}

/**
 * Drops a new generation that is ready (or whose rebuild failed) without having served. Throws
 * REBUILD_NOT_FOUND.
 */
export function discardRebuild(db: Db, projectionName: string, operator: Operator): Promise<void> {
  return end(db, projectionName, operator, {
    action: 'discard-rebuild',
    from: ['ready', 'failed'],
    to: 'discarded',
    missing: `${projectionName} has no rebuild that is ready or has failed.`,
  });
}

async function end(
  db: Db,
  name: string,
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
    await putAwayShadow(tx, ended);
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
  projectionName: string,
  operator: Operator,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [swapped] = await forgetPrevious(tx, projectionName);
    if (swapped === undefined) {
      throw new PlayheadError(
        'REBUILD_NOT_FOUND',
        `${projectionName} has no previous generation that is kept.`,
      );
    }
    await dropSchema(tx, previousSchemaOf(projectionName));
    await dropShelvedDeadLetters(tx, projectionName);
    await recordOperatorAction(tx, operator, 'discard-previous', projectionName, {
      rebuild: swapped.id,
    });
    await notifyControl(tx, projectionName);
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
