import { eq, sql } from 'drizzle-orm';
import { PROJECTION_CHANNEL, toPgNotify } from '#server/runtime/platform/notifications.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import type { PostgresView } from './postgres-view.ts';
import { projections } from './projections-table.ts';

/** Which version the tables hold, and the last journal position whose effects they hold. */
export type Checkpoint = { readonly version: number; readonly position: number };

/** Where a projection stands; its first start puts it before the journal's beginning. */
export async function loadCheckpoint(
  db: Db,
  { name, version }: Pick<PostgresView, 'name' | 'version'>,
): Promise<Checkpoint> {
  const [row] = await db
    .select({ version: projections.version, position: projections.position })
    .from(projections)
    .where(eq(projections.name, name));
  if (row !== undefined) {
    return row;
  }
  await db.insert(projections).values({ name, version, position: 0 }).onConflictDoNothing();
  return loadCheckpoint(db, { name, version });
}

/**
 * Moves a checkpoint within the transaction that holds its effects, and tells who listens once that
 * commits. False when it no longer stands at `from` (another worker was there) or the projection is
 * paused: the transaction must be rolled back then. Until the commit no other transaction gets past this row.
 */
export async function moveCheckpoint(
  tx: Tx,
  name: string,
  from: Checkpoint,
  position: number,
): Promise<boolean> {
  const [channel, payload] = toMoved(name, position);
  const moved = await tx.execute(sql`
    WITH moved AS (
      UPDATE ${projections} SET position = ${position}, updated_at = clock_timestamp()
      WHERE name = ${name} AND position = ${from.position} AND version = ${from.version}
        AND paused_at IS NULL
      RETURNING name
    )
    SELECT pg_notify(${channel}, ${payload}) FROM moved
  `);
  return moved.length === 1;
}

/** Tells who listens that a projection's rows have changed, once the transaction commits. */
export async function notifyMoved(tx: Tx, name: string, position: number): Promise<void> {
  const [channel, payload] = toMoved(name, position);
  await tx.execute(sql`SELECT pg_notify(${channel}, ${payload})`);
}

function toMoved(name: string, position: number): [channel: string, payload: string] {
  const payload = JSON.stringify({ name, position });
  return toPgNotify({ channel: PROJECTION_CHANNEL, payload });
}
