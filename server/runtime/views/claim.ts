import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { claimedFor, isClaimed } from '#server/runtime/platform/claim-time.ts';
import { CONTROL_CHANNEL, toPgNotify } from '#server/runtime/platform/notifications.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { type Checkpoint, loadCheckpoint } from './checkpoint.ts';
import type { PostgresView } from './postgres-view.ts';
import { projections } from './projections-table.ts';

/** A claim that is not renewed for this long is anybody's: a dead worker's work waits no longer. */
export const CLAIM_MS = 4_000;

/** So often it is renewed. */
export const RENEW_MS = 1_000;

/** What came of asking for a projection, and why it may not be run now. */
export type Claim =
  | ({ readonly kind: 'held' } & Checkpoint)
  | { readonly kind: 'elsewhere'; readonly workerId: string | null; readonly remainingMs: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'outdated'; readonly version: number };

const rowSchema = z.object({
  version: z.number(),
  position: z.coerce.number(),
  is_paused: z.boolean(),
  claimed_by: z.string().nullable(),
  remaining_ms: z.coerce.number(),
});

/**
 * Claims a projection for a worker, or renews its claim. It saves work and shows who does it; what
 * keeps the rows right is the compare-and-set on the checkpoint alone. PostgreSQL's clock is the only
 * one involved, and may be set. A row that somebody has locked is left alone: its projection is being worked on.
 */
export async function claimProjection(
  db: Db,
  projection: Pick<PostgresView, 'name' | 'version'>,
  workerId: string,
): Promise<Claim> {
  const { name, version } = projection;
  const claimed = await db.execute(sql`
    UPDATE ${projections}
    SET claimed_by = ${workerId},
      claimed_until = ${claimedFor(CLAIM_MS)}
    WHERE name = (
      SELECT name FROM ${projections}
      WHERE name = ${name} AND version = ${version} AND paused_at IS NULL
        AND (claimed_by IS NULL OR claimed_by = ${workerId}
          OR NOT ${isClaimed(projections.claimedUntil, CLAIM_MS)})
      FOR UPDATE SKIP LOCKED
    )
    RETURNING version, position, false AS is_paused, claimed_by, 0 AS remaining_ms
  `);
  const [mine] = z.array(rowSchema).parse(claimed);
  if (mine !== undefined) {
    return { kind: 'held', version: mine.version, position: mine.position };
  }
  const found = await db.execute(sql`
    SELECT version, position, paused_at IS NOT NULL AS is_paused, claimed_by,
      coalesce(extract(epoch FROM claimed_until - clock_timestamp()) * 1000, 0) AS remaining_ms
    FROM ${projections} WHERE name = ${name}
  `);
  const [row] = z.array(rowSchema).parse(found);
  if (row === undefined) {
    await loadCheckpoint(db, projection);
    return claimProjection(db, projection, workerId);
  }
  if (row.is_paused) {
    return { kind: 'paused' };
  }
  if (row.version !== version) {
    return { kind: 'outdated', version: row.version };
  }
  return row.claimed_by === workerId
    ? { kind: 'held', version: row.version, position: row.position }
    : { kind: 'elsewhere', workerId: row.claimed_by, remainingMs: row.remaining_ms };
}

/** Gives a claim up, if it is still this worker's, and tells the others. */
export async function releaseClaim(db: Db, name: string, workerId: string): Promise<void> {
  const [channel, payload] = toControl(name);
  await db.execute(sql`
    WITH released AS (
      UPDATE ${projections} SET claimed_by = NULL, claimed_until = NULL
      WHERE name = ${name} AND claimed_by = ${workerId}
      RETURNING name
    )
    SELECT pg_notify(${channel}, ${payload}) FROM released
  `);
}

/** Tells every worker to look at a projection's settings again, once the transaction commits. */
export async function notifyControl(tx: Tx | Db, name: string): Promise<void> {
  const [channel, payload] = toControl(name);
  await tx.execute(sql`SELECT pg_notify(${channel}, ${payload})`);
}

function toControl(name: string): [channel: string, payload: string] {
  return toPgNotify({ channel: CONTROL_CHANNEL, payload: JSON.stringify({ name }) });
}
