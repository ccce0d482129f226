import { inArray, sql } from 'drizzle-orm';
import { deadLetters } from '#server/journal/dead-letters-table.ts';
import { isClaimed } from '#server/platform/claim-time.ts';
import type { Db } from '#server/platform/postgres.ts';
import type { WorkerHeartbeat } from '#server/platform/worker-heartbeat.ts';
import { CLAIM_MS } from './claim.ts';
import type { Projection } from './projection.ts';
import { type ProjectionStatus, toProjectionStatus } from './projection-status.ts';
import { projections } from './projections-table.ts';
import { rebuilds } from './rebuild/rebuilds-table.ts';
import { ACTIVE } from './rebuild/shadow-checkpoint.ts';

export type NamedProjectionStatus = ProjectionStatus & {
  readonly name: string;
  /** The worker that runs it; null when none does. */
  readonly claimedBy: string | null;
  /** Accounts that wait at dead letters. */
  readonly deadLetters: number;
};

/**
 * How each projection fares, in the order given. `workers` are those that live (`getLiveWorkers`),
 * undefined when their reports cannot be read.
 */
export async function getProjectionStatuses(
  db: Db,
  registered: readonly Pick<Projection, 'name' | 'version'>[],
  {
    workers,
    now,
  }: { readonly workers: readonly WorkerHeartbeat[] | undefined; readonly now: Date },
): Promise<NamedProjectionStatus[]> {
  const [rows, letters, rebuilding] = await Promise.all([
    db
      .select({
        name: projections.name,
        version: projections.version,
        pausedAt: projections.pausedAt,
        pausedBy: projections.pausedBy,
        pauseReason: projections.pauseReason,
        claimedBy: sql<string | null>`CASE WHEN ${isClaimed(projections.claimedUntil, CLAIM_MS)}
          THEN ${projections.claimedBy} END`,
      })
      .from(projections),
    countDeadLetters(db),
    db.select({ name: rebuilds.projection }).from(rebuilds).where(inArray(rebuilds.status, ACTIVE)),
  ]);
  return registered.map(({ name, version }) => {
    const row = rows.find((each) => each.name === name);
    const dead = letters.get(name) ?? { count: 0, since: null };
    const status = toProjectionStatus({
      codeVersion: version,
      storedVersion: row?.version ?? null,
      paused: row?.pausedAt
        ? { at: row.pausedAt.toISOString(), by: row.pausedBy ?? '', reason: row.pauseReason }
        : null,
      isRebuilding: rebuilding.some((each) => each.name === name),
      deadLetters: dead,
      claimedBy: row?.claimedBy ?? null,
      reports: workers?.flatMap(({ workerId, projectors }) =>
        projectors
          .filter((projector) => projector.name === name)
          .map(({ error, errorSince }) => ({ workerId, error, errorSince })),
      ),
      now,
    });
    return { name, claimedBy: row?.claimedBy ?? null, deadLetters: dead.count, ...status };
  });
}

/** By projection (ingest's as `journal`), how many accounts wait and since when the first one does. */
export async function countDeadLetters(
  db: Db,
): Promise<Map<string, { readonly count: number; readonly since: string | null }>> {
  const rows = await db
    .select({
      projection: deadLetters.projection,
      count: sql<number>`count(*)::int`,
      since: sql`min(${deadLetters.firstFailedAt})`.mapWith(deadLetters.firstFailedAt),
    })
    .from(deadLetters)
    .where(sql`${deadLetters.status} <> 'skipped'`)
    .groupBy(deadLetters.projection);
  return new Map(
    rows.map(({ projection, count, since }) => [projection, { count, since: since.toISOString() }]),
  );
}
