import { inArray, sql } from 'drizzle-orm';
import { deadLetters } from '#server/runtime/journal/dead-letters-table.ts';
import { isClaimed } from '#server/runtime/platform/claim-time.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { WorkerHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import { ACTIVE } from '#server/runtime/rebuild/candidate-checkpoint.ts';
import { rebuilds } from '#server/runtime/rebuild/rebuilds-table.ts';
import { CLAIM_MS } from './claim.ts';
import type { PostgresView } from './postgres-view.ts';
import {
  type ProjectionFacts,
  type ProjectionStatus,
  toProjectionStatus,
} from './projection-status.ts';
import { projections } from './projections-table.ts';

export type NamedProjectionStatus = ProjectionStatus & {
  readonly name: string;
  /** The worker that runs it; null when none does. */
  readonly claimedBy: string | null;
  /** Aggregates that wait at dead letters. */
  readonly deadLetters: number;
};

/** What PostgreSQL knows of how a projection fares. */
export type ProjectionRow = Omit<ProjectionFacts, 'reports' | 'now'> & { readonly name: string };

type Registered = readonly Pick<PostgresView, 'name' | 'version'>[];
type Reports = {
  /** Those that live (`getLiveWorkers`); undefined when their reports cannot be read. */
  readonly workers: readonly WorkerHeartbeat[] | undefined;
  readonly now: Date;
};

/** How each projection fares, in the order given. */
export async function getProjectionStatuses(
  db: Db,
  registered: Registered,
  reports: Reports,
): Promise<NamedProjectionStatus[]> {
  return toNamedStatuses(await readProjectionRows(db, registered), reports);
}

/** What PostgreSQL knows of each projection, in the order given. */
export async function readProjectionRows(db: Db, registered: Registered): Promise<ProjectionRow[]> {
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
    return {
      name,
      codeVersion: version,
      storedVersion: row?.version ?? null,
      paused: row?.pausedAt
        ? { at: row.pausedAt.toISOString(), by: row.pausedBy ?? '', reason: row.pauseReason }
        : null,
      isRebuilding: rebuilding.some((each) => each.name === name),
      deadLetters: letters.get(name) ?? { count: 0, since: null },
      claimedBy: row?.claimedBy ?? null,
    };
  });
}

/** How projections fare by what PostgreSQL knows and the workers report. Pure. */
export function toNamedStatuses(
  rows: readonly ProjectionRow[],
  { workers, now }: Reports,
): NamedProjectionStatus[] {
  return rows.map(({ name, ...row }) => {
    const reports = workers?.flatMap(({ workerId, projectors }) =>
      projectors
        .filter((projector) => projector.name === name)
        .map(({ error, errorSince }) => ({ workerId, error, errorSince })),
    );
    const status = toProjectionStatus({ ...row, reports, now });
    return { name, claimedBy: row.claimedBy, deadLetters: row.deadLetters.count, ...status };
  });
}

/** By projection (ingest's as `journal`), how many aggregates wait and since when the first one does. */
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
