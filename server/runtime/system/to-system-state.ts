import type { ConsumerStatus, ProjectionLag } from '#lib/contracts/queries.ts';
import type { HotViewStatus, SystemState, ViewFreshness } from '#lib/contracts/system.ts';
import { countOf } from '#lib/count-format.ts';
import { DEFAULT_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';
import { toCauses } from '#server/runtime/dead-letters/to-causes.ts';
import type { OutdatedHotView } from '#server/runtime/hot-views/hot-view-versions.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { isLive } from '#server/runtime/platform/worker-heartbeat.ts';
import type { ConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { toNamedStatuses } from '#server/runtime/views/get-projection-statuses.ts';
import type { SystemFacts, Waiting } from './system-facts.ts';
import { toHealth } from './to-health.ts';
import { type FreshnessFacts, toViewFreshness } from './to-view-freshness.ts';

/** The state as the databases tell it. */
export type ObservedState = Omit<SystemState, 'launcher'>;

/**
 * The state of everything at one moment, from what the databases told: every badge, card and gauge
 * comes from this, so that all say the same. Pure.
 */
export function toSystemState(facts: SystemFacts): ObservedState {
  const { workers, consumers, now } = facts;
  // A report from further ahead is from before the clock was set back, and says nothing.
  const seen = (workers.facts ?? [])
    .filter((worker) => Date.parse(worker.seenAt) <= now.getTime() || isLive(worker, now))
    .map(({ seenAt }) => seenAt)
    .toSorted();
  const workerSeenAt = seen.at(-1) ?? null;
  const lag = toLag(facts);
  const worker = workers.facts && {
    lives: workers.facts.some((each) => isLive(each, now)),
    seenAt: workerSeenAt,
  };
  return {
    at: now.toISOString(),
    health: toHealth(facts, workerSeenAt, lag),
    workerSeenAt,
    lag,
    consumers: consumers.facts?.map((row) => withBlocks(row, facts)) ?? null,
    views: toViews(facts, worker, lag),
    hotViews: toHotViews(facts, worker),
    waiting: toWaiting(facts),
    causes: toCauses(facts.troubles),
    failingWebhooks: facts.postgres.facts ? [...facts.postgres.facts.failingWebhooks] : null,
    alertResponses: facts.postgres.facts ? [...facts.postgres.facts.alertResponses] : null,
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
        .map(({ kind, reason, since, claimedBy }) => ({
          ...projection,
          status: kind,
          reason,
          since,
          worker: claimedBy,
        })),
    ),
  };
}

function toViews(
  facts: SystemFacts,
  worker: FreshnessFacts['worker'],
  lag: ProjectionLag | null,
): ViewFreshness[] {
  const { consumers, postgres, hotWaiting, now } = facts;
  const hotNames = facts.registered.hotViews.map(({ name }) => name);
  const rowsOf = (name: string) => consumers.facts?.filter((row) => row.name === name) ?? null;
  const waitingIn = (...views: string[]) =>
    postgres.facts && toWaitingSentence(postgres.facts.waiting, views);
  const ofConsumer = (name: string, waiting: string | null) =>
    toViewFreshness({
      view: name,
      consumer: rowsOf(name),
      waiting,
      thresholdSeconds: toThreshold(facts, name),
      worker,
      now,
    });
  return [
    ofConsumer('journal', waitingIn(JOURNAL)),
    ofConsumer('hot-views', hotWaiting.facts && toWaitingSentence(hotWaiting.facts, hotNames)),
    ...facts.registered.views.map(({ name }) => {
      const row = lag?.projections.find((each) => each.name === name);
      return toViewFreshness({
        view: name,
        consumer: rowsOf('journal'),
        projection: row
          ? { ...row, status: { kind: row.status, reason: row.reason, since: row.since } }
          : null,
        waiting: waitingIn(name, JOURNAL),
        thresholdSeconds: toThreshold(facts, name),
        worker,
        now,
      });
    }),
  ];
}

function toThreshold({ postgres }: SystemFacts, view: string): number | null {
  return postgres.facts && (postgres.facts.thresholds.get(view) ?? DEFAULT_LAG_THRESHOLD_SECONDS);
}

function toHotViews(facts: SystemFacts, worker: FreshnessFacts['worker']): HotViewStatus[] {
  const { consumers, outdated, hotWaiting, now } = facts;
  return facts.registered.hotViews.map(({ name, version }) => {
    const freshness = toViewFreshness({
      view: name,
      consumer: consumers.facts?.filter((row) => row.name === 'hot-views') ?? null,
      waiting: hotWaiting.facts && toWaitingSentence(hotWaiting.facts, [name]),
      thresholdSeconds: toThreshold(facts, 'hot-views'),
      worker,
      now,
    });
    const old = outdated.facts?.filter(({ view }) => view === name);
    return { name, version, ...toHotFaring(freshness, old), since: null, freshness };
  });
}

/** The same order as on the consumer's own row: a pause first, then another version, then who waits. */
function toHotFaring(
  { state, reason }: ViewFreshness,
  outdated: readonly OutdatedHotView[] | undefined,
): Pick<HotViewStatus, 'status' | 'reason'> {
  if (state === 'paused') {
    return { status: 'paused', reason };
  }
  if (outdated === undefined) {
    return { status: 'unknown', reason };
  }
  if (outdated.length > 0) {
    const sentences = [toOutdatedSentence(outdated), state === 'blocked' ? reason : ''];
    return { status: 'outdated', reason: sentences.filter(Boolean).join(' ') };
  }
  return state === 'blocked' ? { status: 'blocked', reason } : { status: 'running', reason: null };
}

function toWaiting({ registered, postgres, hotWaiting }: SystemFacts): SystemState['waiting'] {
  const count = (
    waiting: Waiting | null | undefined,
    views: readonly { readonly name: string }[],
  ) => views.map(({ name }) => [name, waiting ? (waiting.get(name) ?? 0) : null] as const);
  return Object.fromEntries([
    ...count(postgres.facts?.waiting, [{ name: JOURNAL }, ...registered.views]),
    ...count(hotWaiting.facts, registered.hotViews),
  ]);
}

/** Trouble that is worse than waiting aggregates, or items of another version, is what shows. */
function withBlocks(row: ConsumerLag, facts: SystemFacts): ConsumerStatus {
  const { postgres, hotWaiting } = facts;
  const reason =
    row.name === 'journal'
      ? toWaitingSentence(postgres.facts?.waiting ?? new Map(), [JOURNAL])
      : toWaitingSentence(
          hotWaiting.facts ?? new Map(),
          facts.registered.hotViews.map(({ name }) => name),
        );
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

/** At which dead letters aggregates wait in some views, as a sentence; empty without any. */
function toWaitingSentence(waiting: Waiting, views: readonly string[]): string {
  return views
    .flatMap((view) => {
      const count = waiting.get(view) ?? 0;
      const waits = count === 1 ? 'waits' : 'wait';
      const place = view === JOURNAL ? 'the journal' : view;
      return count === 0
        ? []
        : `${countOf(count, 'aggregate')} ${waits} at dead letters in ${place}.`;
    })
    .join(' ');
}
