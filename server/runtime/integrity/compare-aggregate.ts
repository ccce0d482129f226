import { isDeepStrictEqual } from 'node:util';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { getExceptions, type ViewExceptions } from '#server/runtime/dead-letters/get-exceptions.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { foldEvent, type LoadedState, toInitial } from '#server/runtime/event-store/fold-events.ts';
import { requireAggregate } from '#server/runtime/event-store/load-state.ts';
import { type HistoryEntry, isFailed } from '#server/runtime/hot-views/history-entry.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { createOriginCheck } from './check-origins.ts';
import { compareView } from './compare-view.ts';
import { createViewChecks } from './create-view-checks.ts';
import { type Difference, MAX_KEPT, type ReportDifference } from './difference.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { readEntryPages } from './read-entry-pages.ts';
import { exceptionsOf, explainUnreadable } from './view-exceptions.ts';

/** How an aggregate's views compare with its events. */
export type AggregateComparison = {
  /** The aggregate's newest event. */
  readonly version: number;
  /** The first of `count` differences. */
  readonly found: readonly Difference[];
  readonly count: number;
  /** So many of them are explained by dead letters and skipped events. */
  readonly explained: number;
  /** Some of them may be gone once the views have caught up. */
  readonly isBehind: boolean;
  /** Events whose command's record is gone and may have expired. */
  readonly unknownOrigins: number;
};

/**
 * Folds one aggregate from the event store, page by page, and compares every view with it, each at the
 * sequence that it is at. Views must have come to `required` (all events that there are, without
 * it). An event that cannot be read, or that came in without its command's record, is a difference too. Throws AGGREGATE_TYPE_UNKNOWN.
 */
export async function compareAggregate(
  deps: IntegrityDeps,
  aggregateId: string,
  required = Number.MAX_SAFE_INTEGER,
): Promise<AggregateComparison> {
  const aggregate = requireAggregate(deps.store.aggregates, aggregateId);
  const exceptionDeps = { ...deps, hotViews: deps.registered.hotViews };
  for (;;) {
    const exceptions = await getExceptions(exceptionDeps, aggregateId);
    const comparison = await compareWith(deps, aggregate, aggregateId, required, exceptions);
    // What was retried or skipped meanwhile is no difference: it is compared again.
    const isCertain =
      comparison.count === 0 ||
      isDeepStrictEqual(exceptions, await getExceptions(exceptionDeps, aggregateId));
    if (isCertain) {
      return comparison;
    }
  }
}

async function compareWith(
  deps: IntegrityDeps,
  aggregate: Aggregate,
  aggregateId: string,
  required: number,
  exceptions: ViewExceptions,
): Promise<AggregateComparison> {
  // The views first: whatever they hold is then in the event store for certain.
  const checks = await createViewChecks(deps, aggregate, aggregateId);
  const comparisons = checks.map(({ view, create }) =>
    compareView(view, create, required, exceptionsOf(exceptions, view, deps.registered.views)),
  );
  const found: Difference[] = [];
  const add = (difference: Omit<Difference, 'aggregateId'>) => {
    if (found.length < MAX_KEPT) {
      found.push({ aggregateId, ...difference });
    }
  };
  let count = 0;
  let explained = 0;
  let loaded: LoadedState | undefined = toInitial(aggregate);
  let version = 0;
  const report: ReportDifference = (difference) => {
    add({ view: 'event-store', ...difference, explanation: null });
    count += 1;
  };
  const { dynamo, commandRetentionDays: retentionDays = 90 } = deps;
  const origins = createOriginCheck({ dynamo, retentionDays, now: new Date(), report });
  for await (const page of readEntryPages(deps.store, aggregateId)) {
    for (const entry of page) {
      const { eventSequence } = entry;
      const next = foldEntry(aggregate, loaded, entry);
      loaded = 'problem' in next ? undefined : next.loaded;
      if ('problem' in next) {
        const actual = toErrorSentence(next.problem);
        const explanation = explainUnreadable(exceptions, eventSequence);
        const difference = { field: 'event', expected: 'readable', actual, explanation };
        add({ view: 'event-store', ...difference });
        count += 1;
        explained += explanation === null ? 0 : 1;
      }
      for (const comparison of comparisons) {
        comparison.observe(entry);
      }
      version = eventSequence;
    }
    await origins.checkPage(page);
    const range = { from: page[0]?.eventSequence ?? 0, to: version };
    for (const comparison of comparisons) {
      await comparison.endPage(range);
    }
  }
  origins.finish();
  const results = comparisons.map((comparison) => comparison.finish());
  for (const { view, explanation, ...differences } of results) {
    for (const difference of differences.found) {
      add({ view, ...difference, explanation });
    }
    count += differences.count;
    explained += explanation === null ? 0 : differences.count;
  }
  const isBehind = results.some((result) => result.isBehind);
  return { version, found, count, explained, isBehind, unknownOrigins: origins.unknown() };
}

/** The state after one more event, unknown behind one that is out of place; or what is wrong. */
function foldEntry(
  aggregate: Aggregate,
  loaded: LoadedState | undefined,
  entry: HistoryEntry,
): { readonly loaded: LoadedState | undefined } | { readonly problem: unknown } {
  if (isFailed(entry)) {
    return { problem: entry.error };
  }
  try {
    return { loaded: loaded && foldEvent(aggregate, loaded, entry.event) };
  } catch (problem) {
    if (!isPlayheadError(problem, 'EVENT_UNREADABLE')) {
      throw problem;
    }
    return { problem };
  }
}
