import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { notifyControl } from '#server/runtime/views/claim.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { buildIndexes } from './generation-tables.ts';
import { rebuilds } from './rebuilds-table.ts';

/** A class of advisory locks that nothing else in the database uses; the key in it is a rebuild's id. */
const INDEX_LOCKS = 752_942;

/**
 * Builds the indexes that filling did without, and says that the tables can be compared and swapped.
 * Changes nothing for a rebuild that is no longer being filled.
 */
export async function makeReady(db: Db, projection: PostgresView, id: number): Promise<void> {
  const isFilled = and(eq(rebuilds.id, id), eq(rebuilds.status, 'running'));
  await db.transaction(async (tx) => {
    // One at a time, and not by the rebuild's own row: its claim must be renewed meanwhile, and
    // whoever cancels it holds that row while waiting for the tables.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${INDEX_LOCKS}::int, ${id}::int)`);
    if ((await tx.$count(rebuilds, isFilled)) > 0) {
      await buildIndexes(tx, projection);
    }
  });
  await db.transaction(async (tx) => {
    const changes = { status: 'ready', updatedAt: sql`clock_timestamp()` } as const;
    await tx.update(rebuilds).set(changes).where(isFilled);
    await notifyControl(tx, projection.name);
  });
}
