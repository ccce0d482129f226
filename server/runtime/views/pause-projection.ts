import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { notifyControl } from './claim.ts';
import type { PostgresView } from './postgres-view.ts';
import { projections } from './projections-table.ts';
import { type Operator, recordOperatorAction } from './record-operator-action.ts';

/**
 * Pauses a projection until it is resumed, whatever is started or stopped meanwhile. The batch in
 * hand is finished first: once this resolves, no row changes any more. False when it was paused
 * already; nothing was changed then.
 */
export async function pauseProjection(
  db: Db,
  projection: Pick<PostgresView, 'name' | 'version'>,
  operator: Operator,
): Promise<boolean> {
  const { name } = projection;
  await loadCheckpoint(db, projection);
  return db.transaction(async (tx) => {
    const paused = await tx
      .update(projections)
      .set({
        pausedAt: new Date(),
        pausedBy: operator.actor,
        pauseReason: operator.reason ?? null,
        claimedBy: null,
        claimedUntil: null,
      })
      .where(and(eq(projections.name, name), isNull(projections.pausedAt)))
      .returning({ position: projections.position });
    if (paused.length === 0) {
      return false;
    }
    await recordOperatorAction(tx, operator, 'pause', name, { ...paused[0] });
    await notifyControl(tx, name);
    return true;
  });
}

/** Lets a paused projection go on where it was. False when it was not paused. */
export async function resumeProjection(
  db: Db,
  { name }: Pick<PostgresView, 'name'>,
  operator: Operator,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const resumed = await tx
      .update(projections)
      .set({ pausedAt: null, pausedBy: null, pauseReason: null })
      .where(and(eq(projections.name, name), isNotNull(projections.pausedAt)))
      .returning({ position: projections.position });
    if (resumed.length === 0) {
      return false;
    }
    await recordOperatorAction(tx, operator, 'resume', name, { ...resumed[0] });
    await notifyControl(tx, name);
    return true;
  });
}
