import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { rebuilds } from './rebuilds-table.ts';

/** A row of `rebuilds`. */
export type RebuildRow = typeof rebuilds.$inferSelect;

/** The states in which a rebuild has tables that somebody fills. */
export const ACTIVE = ['running', 'ready'] as const;

/** The rebuild that fills or follows; undefined where there is none. */
export async function findActiveRebuild(
  db: Db | Tx,
  projection: string,
): Promise<RebuildRow | undefined> {
  const [row] = await db
    .select()
    .from(rebuilds)
    .where(and(eq(rebuilds.projection, projection), inArray(rebuilds.status, ACTIVE)));
  return row;
}

/** One rebuild, while it is active. */
export async function loadActiveRebuild(db: Db, id: number): Promise<RebuildRow | undefined> {
  const [row] = await db
    .select()
    .from(rebuilds)
    .where(and(eq(rebuilds.id, id), inArray(rebuilds.status, ACTIVE)));
  return row;
}

/**
 * Moves a candidate's checkpoint within the transaction that holds its effects. False when it no longer
 * stands at `from`, or the rebuild is over: the transaction must be rolled back then. Until the
 * commit no other transaction gets past this row.
 */
export async function moveCandidateCheckpoint(
  tx: Tx,
  id: number,
  { from, to, rate }: { readonly from: number; readonly to: number; readonly rate: number | null },
): Promise<boolean> {
  const moved = await tx
    .update(rebuilds)
    .set({ position: to, updatedAt: sql`clock_timestamp()`, ...(rate === null ? {} : { rate }) })
    .where(and(eq(rebuilds.id, id), eq(rebuilds.position, from), inArray(rebuilds.status, ACTIVE)))
    .returning({ id: rebuilds.id });
  return moved.length === 1;
}
