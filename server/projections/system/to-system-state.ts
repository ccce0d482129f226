import type { ConsumerStatus, Health, ProjectionLag } from '#lib/contracts/queries.ts';
import type { SystemState, ViewFreshness } from '#lib/contracts/system.ts';
import { countOf } from '#lib/count-format.ts';
import { formatSpan } from '#lib/time-format.ts';
import { JOURNAL } from '#server/journal/dead-letters-table.ts';
import { toDynamoError } from '#server/platform/dynamo-errors.ts';
import { toPostgresSentence } from '#server/platform/postgres-errors.ts';
import { isLive, type WorkerHeartbeat } from '#server/platform/worker-heartbeat.ts';
import { HOT_VIEWS } from '#server/projections/dead-letters/dead-letter-deps.ts';
import { toCauses } from '#server/projections/dead-letters/to-causes.ts';
import type { Trouble } from '#server/projections/dead-letters/trouble.ts';
import {
  type ProjectionRow,
  toNamedStatuses,
} from '#server/projections/get-projection-statuses.ts';
import type { OutdatedHotView } from '#server/projections/hot-view-versions.ts';
import type { ProjectionProgress } from '#server/projections/lag.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import type { ConsumerLag } from '#server/stream/consumer-lag.ts';
import { toViewFreshness } from './to-view-freshness.ts';
import type { Watched } from './watched-source.ts';

/** By view, how many accounts wait at dead letters in it. */
export type Waiting = ReadonlyMap<string, number>;

/** What the databases told, each by itself. */
export type SystemFacts = {
  readonly workers: Watched<readonly WorkerHeartbeat[]>;
  readonly consumers: Watched<readonly ConsumerLag[]>;
  readonly hotWaiting: Watched<Waiting>;
  /** Hot views that may have items of another version. */
  readonly outdated: Watched<readonly OutdatedHotView[]>;
  /** Whether PostgreSQL answers at all: what it knows may take longer. */
  readonly ping: Watched<unknown>;
  readonly postgres: Watched<{
    readonly head: number;
    readonly projections: readonly ProjectionProgress[];
    readonly rows: readonly ProjectionRow[];
    readonly waiting: Waiting;
    /** Accounts of which the journal holds another event than the event store. */
    readonly conflicts: number;
  }>;
  readonly troubles: readonly Trouble[];
  readonly now: Date;
};

/**
 * The state of everything at one moment, from what the databases told: every badge, card and gauge
 * comes from this, so that all say the same. Pure.
 */
export function toSystemState(facts: SystemFacts): SystemState {
  const { workers, consumers, now } = facts;
  // A report from further ahead is from before the clock was set back, and says nothing.
  const seen = (workers.facts ?? [])
    .filter((worker) => Date.parse(worker.seenAt) <= now.getTime() || isLive(worker, now))
    .map(({ seenAt }) => seenAt)
    .toSorted();
  const workerSeenAt = seen.at(-1) ?? null;
  const lag = toLag(facts);
  return {
    at: now.toISOString(),
    health: toHealth(facts, workerSeenAt, lag),
    workerSeenAt,
    lag,
    consumers: consumers.facts?.map((row) => withBlocks(row, facts)) ?? null,
    views: toViews(facts, workerSeenAt, lag),
    causes: toCauses(facts.troubles),
  };
}

function toLag({ postgres, workers, now }: SystemFacts): ProjectionLag | null {
  if (postgres.facts === null) {
    return null;
  }
  const { head, projections, rows } = postgres.facts;
  const live = workers.facts?.filter((worker) => isLive(worker, now));
  const statuses = toNamedStatuses(rows, { workers: live, now });
  return {
    head,
    projections: projections.flatMap((projection) =>
      statuses
        .filter(({ name }) => name === projection.name)
        .map(({ kind, reason, since }) => ({ ...projection, status: kind, reason, since })),
    ),
  };
}

function toViews(
  facts: SystemFacts,
  workerSeenAt: string | null,
  lag: ProjectionLag | null,
): ViewFreshness[] {
  const { workers, consumers, postgres, hotWaiting, now } = facts;
  const worker = workers.facts && {
    lives: workers.facts.some((each) => isLive(each, now)),
    seenAt: workerSeenAt,
  };
  const rowsOf = (name: string) => consumers.facts?.filter((row) => row.name === name) ?? null;
  const waitingIn = (...views: string[]) =>
    postgres.facts && toWaitingSentence(postgres.facts.waiting, views);
  const ofConsumer = (name: string, waiting: string | null) =>
    toViewFreshness({ view: name, consumer: rowsOf(name), waiting, worker, now });
  return [
    ofConsumer('journal', waitingIn(JOURNAL)),
    ofConsumer('hot-views', hotWaiting.facts && toWaitingSentence(hotWaiting.facts, HOT_VIEWS)),
    ...PROJECTIONS.map(({ name }) => {
      const row = lag?.projections.find((each) => each.name === name);
      return toViewFreshness({
        view: name,
        consumer: rowsOf('journal'),
        projection: row
          ? { ...row, status: { kind: row.status, reason: row.reason, since: row.since } }
          : null,
        waiting: waitingIn(name, JOURNAL),
        worker,
        now,
      });
    }),
  ];
}

/** Trouble that is worse than waiting accounts, or items of another version, is what shows. */
function withBlocks(row: ConsumerLag, facts: SystemFacts): ConsumerStatus {
  const { postgres, hotWaiting } = facts;
  const reason =
    row.name === 'journal'
      ? toWaitingSentence(postgres.facts?.waiting ?? new Map(), [JOURNAL])
      : toWaitingSentence(hotWaiting.facts ?? new Map(), HOT_VIEWS);
  if (row.status !== 'running') {
    return row;
  }
  const outdated = row.name === 'hot-views' ? toOutdatedSentence(facts.outdated.facts ?? []) : '';
  if (outdated) {
    return { ...row, status: 'outdated', reason: [outdated, reason].filter(Boolean).join(' ') };
  }
  return reason ? { ...row, status: 'blocked', reason } : row;
}

/** Which hot views may have items of another version, and what brings them all. */
function toOutdatedSentence(outdated: readonly OutdatedHotView[]): string {
  return outdated
    .map(
      ({ view, heldVersion, codeVersion }) =>
        `Items of ${view} may be of version ${heldVersion}, the code is version ${codeVersion}: ` +
        `npm run ops -- rebuild ${view} brings all.`,
    )
    .join(' ');
}

/** At which dead letters accounts wait in some views, as a sentence; empty without any. */
function toWaitingSentence(waiting: Waiting, views: readonly string[]): string {
  return views
    .flatMap((view) => {
      const accounts = waiting.get(view) ?? 0;
      const waits = accounts === 1 ? 'waits' : 'wait';
      const place = view === JOURNAL ? 'the journal' : view;
      return accounts === 0
        ? []
        : `${countOf(accounts, 'account')} ${waits} at dead letters in ${place}.`;
    })
    .join(' ');
}

function toHealth(
  { workers, ping, now }: SystemFacts,
  workerSeenAt: string | null,
  lag: ProjectionLag | null,
): Health {
  const worker: Health['worker'] =
    workers.facts === null
      ? { state: 'unknown', detail: 'Workers report in DynamoDB, which did not answer.' }
      : toWorkerCheck(workers.facts, workerSeenAt, now);
  const dynamodb: Health['dynamodb'] = workers.failure
    ? { state: 'down', detail: toDynamoError(workers.failure.error).message }
    : { state: 'up' };
  const postgresql: Health['postgresql'] = ping.failure
    ? { state: 'down', detail: toPostgresSentence(ping.failure.error) }
    : { state: 'up' };
  const isOk = [dynamodb, postgresql, worker].every(({ state }) => state === 'up');
  return {
    status: isOk ? 'ok' : 'degraded',
    web: { state: 'up' },
    worker,
    dynamodb,
    postgresql,
    projections: (lag?.projections ?? []).map(({ name, status, reason, since }) => ({
      name,
      status,
      reason,
      since,
    })),
  };
}

/** A worker that meets errors is up: it tries again. What it meets is the detail. */
function toWorkerCheck(
  workers: readonly WorkerHeartbeat[],
  seenAt: string | null,
  now: Date,
): Health['worker'] {
  const live = workers.filter((worker) => isLive(worker, now));
  if (live.length === 0) {
    const seconds = seenAt === null ? 0 : Math.max(0, now.getTime() - Date.parse(seenAt)) / 1_000;
    const detail =
      seenAt === null
        ? 'No worker runs.'
        : `No worker has reported for ${formatSpan(Math.floor(seconds))}.`;
    return { state: 'down', detail };
  }
  const problems = live.flatMap(({ consumers, projectors, journal, rebuilds }) => [
    ...[...consumers, ...projectors, { name: 'journal', error: journal.error }].flatMap(
      ({ name, error }) => (error === null ? [] : [`${name}: ${error}`]),
    ),
    ...rebuilds.flatMap(({ projection, error }) =>
      error === null ? [] : [`Rebuild of ${projection}: ${error}`],
    ),
    ...(journal.rebuilding === null
      ? []
      : [`The journal is being completed: ${journal.rebuilding.read} events read.`]),
  ]);
  return problems.length === 0
    ? { state: 'up' }
    : { state: 'up', detail: [...new Set(problems)].join(' ') };
}
