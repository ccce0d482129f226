import { eq } from 'drizzle-orm';
import { DEFAULT_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import {
  type Operator,
  recordOperatorAction,
} from '#server/runtime/views/record-operator-action.ts';
import { lagThresholds } from './lag-thresholds-table.ts';

/** By view, its threshold in seconds where an operator has set one. */
export type LagThresholds = ReadonlyMap<string, number>;

/** Throws PostgreSQL's errors. */
export async function readLagThresholds(db: Db): Promise<LagThresholds> {
  const rows = await db.select().from(lagThresholds);
  return new Map(rows.map(({ view, seconds }) => [view, seconds]));
}

/** Sets a view's threshold, and records it with the one before. Throws PostgreSQL's errors. */
export async function setLagThreshold(
  db: Db,
  { view, seconds }: { readonly view: string; readonly seconds: number },
  operator: Operator,
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await tx.select().from(lagThresholds).where(eq(lagThresholds.view, view));
    await tx
      .insert(lagThresholds)
      .values({ view, seconds })
      .onConflictDoUpdate({ target: lagThresholds.view, set: { seconds } });
    await recordOperatorAction(tx, operator, 'set-lag-threshold', view, {
      seconds,
      before: before[0]?.seconds ?? DEFAULT_LAG_THRESHOLD_SECONDS,
    });
  });
}

/** Gives a view the default again. False where it had it; nothing was changed then. */
export async function resetLagThreshold(
  db: Db,
  view: string,
  operator: Operator,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [removed] = await tx
      .delete(lagThresholds)
      .where(eq(lagThresholds.view, view))
      .returning();
    if (removed === undefined) {
      return false;
    }
    await recordOperatorAction(tx, operator, 'reset-lag-threshold', view, {
      seconds: DEFAULT_LAG_THRESHOLD_SECONDS,
      before: removed.seconds,
    });
    return true;
  });
}
