import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';

/** Projecting waits meanwhile: so long at most. */
const MAX_WAIT_MS = 1_000;
const POLL_INTERVAL_MS = 5;

/** Somebody still looks at the database as it was. */
export class OldSnapshotError extends Error {}

const sessionsSchema = z.array(
  z.object({ pid: z.number(), began: z.string(), application: z.string() }),
);

/**
 * Resolves when every snapshot that was in use when it was called is gone. A transaction that keeps
 * one finds a table by its present name, but sees its rows as they were: a new generation that it
 * meets must have been complete before its snapshot. Neither the session of `tx` counts, nor those
 * that wait for a row, be it one that `tx` holds: they write, and look anew when they have it. Throws OldSnapshotError after a second.
 */
export async function waitForOldSnapshots(db: Db, tx: Tx): Promise<void> {
  const rows = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
  const deadline = performance.now() + MAX_WAIT_MS;
  let old = (await listSnapshots(db)).filter(({ pid }) => pid !== rows[0]?.pid);
  while (old.length > 0) {
    if (performance.now() > deadline) {
      const [first] = old;
      throw new OldSnapshotError(
        `“${first?.application}” (process ${first?.pid}) has been in one transaction since ${first?.began}`,
      );
    }
    await sleep(POLL_INTERVAL_MS);
    const now = await listSnapshots(db);
    old = old.filter(({ pid, began }) =>
      now.some((session) => session.pid === pid && session.began === began),
    );
  }
}

/** By a statement of its own: within a transaction PostgreSQL shows the sessions as it first saw them. */
async function listSnapshots(db: Db) {
  const rows = await db.execute(sql`
    SELECT pid, xact_start::text AS began, application_name AS application FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xmin IS NOT NULL AND xact_start IS NOT NULL
      AND backend_type = 'client backend' AND pid <> pg_backend_pid()
      AND (wait_event_type IS DISTINCT FROM 'Lock' OR wait_event NOT IN ('transactionid', 'tuple'))
  `);
  return sessionsSchema.parse(rows);
}
