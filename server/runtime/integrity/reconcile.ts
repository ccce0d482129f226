import { setTimeout as sleep } from 'node:timers/promises';
import type { Conservation } from '#lib/contracts/conservation.ts';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { getExceptions } from '#server/runtime/dead-letters/get-exceptions.ts';
import { type DeliveredEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { isMalformedItemId } from '#server/runtime/event-store/malformed-item-id.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import { forEachConcurrently } from '#server/runtime/platform/for-each-concurrently.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { checkConservation } from './check-conservation.ts';
import { type AggregateComparison, compareAggregate } from './compare-aggregate.ts';
import type { Difference } from './difference.ts';
import { drawAggregates } from './draw-aggregates.ts';
import { findLastRight } from './find-last-right.ts';
import { findUnknownAggregates } from './find-unknown-aggregates.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { explainUnreadable } from './view-exceptions.ts';

const AGGREGATES_AT_ONCE = 8;
const MAX_ITEMS = 100;
const RETRY_INTERVAL_MS = 100;

/** What a comparison of every view with the event store came to. */
export type Reconciliation = {
  /** Aggregates that were compared: all that the event store has, or a sample. */
  readonly checked: number;
  /** As many as there are; with a sample, as the journal knows them. */
  readonly aggregates: number;
  /** Aggregates of which a view is not what it should be, and nothing is known that explains it all. */
  readonly different: number;
  /** Single differences without an explanation. */
  readonly differences: number;
  /** Aggregates whose every difference is explained by dead letters and skipped events. */
  readonly explained: number;
  /** Events of which nobody knows how they came in: their command's record may have expired. */
  readonly unknownOrigins: number;
  /** What the views hold altogether beside what all events come to; empty with a sample. */
  readonly conserved: readonly Conservation[];
  /** The first hundred differences, explained ones among them. */
  readonly items: readonly Difference[];
};

type ReconcileOptions = {
  /** For how long views that are behind may catch up, after all else has been compared. */
  readonly settleMs?: number;
  /** Compares so many aggregates, drawn at random from those that the journal knows. */
  readonly sample?: number;
  /** Told after each aggregate how many of how many are compared. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Once aborted, it throws the signal's reason. */
  readonly signal?: AbortSignal;
};

/**
 * Folds every aggregate from the event store and compares each of its rows in PostgreSQL and each of
 * its items in DynamoDB; finds aggregates too that a view has and the event store has not, and items in
 * the event store that are no events of any aggregate, and events that came in without the record of
 * their command. Views that
 * are behind are looked at again until they have come to where the aggregate was when it was first
 * read. A sample is only compared: aggregates that the event store does not know, and items that are
 * no events, are found by a whole run. Memory grows with the number of aggregates (their ids), not of events. Throws what the
 * databases throw.
 */
export async function reconcile(
  deps: IntegrityDeps,
  { settleMs = 5_000, sample, onProgress, signal }: ReconcileOptions = {},
): Promise<Reconciliation> {
  const { known, malformed, aggregates } = await (sample === undefined
    ? listAggregates(deps.store)
    : drawSample(deps.db, sample));
  const different = new Set<string>();
  const items: Difference[] = [];
  let differences = 0;
  let explained = 0;
  let unknownOrigins = 0;

  function add(aggregateId: string, found: readonly Difference[], count: number, known = 0): void {
    if (count > known) {
      different.add(aggregateId);
    } else if (known > 0) {
      explained += 1;
    }
    differences += count - known;
    items.push(...found.slice(0, MAX_ITEMS - items.length));
  }

  // By aggregate, the version that its views must come to.
  let behind = new Map<string, number>();
  let done = 0;
  await forEachConcurrently(known, AGGREGATES_AT_ONCE, async (aggregateId) => {
    signal?.throwIfAborted();
    const { version, found, count, isBehind, ...rest } = await compare(deps, aggregateId);
    if (isBehind) {
      behind.set(aggregateId, version);
    } else {
      add(aggregateId, found, count, rest.explained);
      unknownOrigins += rest.unknownOrigins;
    }
    done += 1;
    onProgress?.({ done, total: known.size });
  });

  const deadline = performance.now() + settleMs;
  while (behind.size > 0) {
    const isLast = performance.now() >= deadline;
    const still = new Map<string, number>();
    await forEachConcurrently(behind, AGGREGATES_AT_ONCE, async ([aggregateId, required]) => {
      signal?.throwIfAborted();
      const comparison = await compare(deps, aggregateId, required);
      if (comparison.isBehind && !isLast) {
        still.set(aggregateId, required);
      } else {
        add(aggregateId, comparison.found, comparison.count, comparison.explained);
        unknownOrigins += comparison.unknownOrigins;
      }
    });
    behind = still;
    if (behind.size > 0) {
      await sleep(RETRY_INTERVAL_MS);
    }
  }

  if (sample === undefined) {
    for await (const difference of findUnknownAggregates(deps, known)) {
      add(difference.aggregateId, [difference], 1);
    }
  }
  for (const item of malformed) {
    const difference = await toMalformedItemDifference(deps, item);
    add(difference.aggregateId, [difference], 1, difference.explanation === null ? 0 : 1);
  }
  const conserved: Conservation[] = [];
  for (const quantity of sample === undefined ? deps.registered.conserved : []) {
    conserved.push(await checkConservation(deps.db, quantity, { settleMs, signal }));
  }
  const counts = { different: different.size, differences, explained, unknownOrigins };
  return {
    checked: known.size,
    aggregates,
    ...counts,
    conserved,
    items: await findLastRight(deps, items),
  };
}

/** An aggregate that cannot be compared is a difference, and the others are compared all the same. */
async function compare(
  deps: IntegrityDeps,
  aggregateId: string,
  required?: number,
): Promise<AggregateComparison> {
  try {
    return await compareAggregate(deps, aggregateId, required);
  } catch (error) {
    if (!isPlayheadError(error, 'AGGREGATE_TYPE_UNKNOWN') && categorize(error) === 'transient') {
      throw error;
    }
    const found: Difference = {
      aggregateId,
      view: 'event-store',
      field: 'aggregate',
      expected: 'comparable',
      actual: toErrorSentence(error),
      explanation: null,
    };
    const known = { explained: 0, isBehind: false, unknownOrigins: 0 };
    return { version: 0, found: [found], count: 1, ...known };
  }
}

/** The aggregates to compare, items that are of none, and how many aggregates there are. */
type Compared = {
  readonly known: ReadonlySet<string>;
  readonly malformed: readonly DeliveredEvent[];
  readonly aggregates: number;
};

/** The aggregates of the event store, and the items in it that are of none. */
async function listAggregates(store: EventStore): Promise<Compared> {
  const known = new Set<string>();
  const malformed: DeliveredEvent[] = [];
  for await (const page of store.scanDelivered()) {
    for (const event of page) {
      if (isMalformedItemId(event.aggregateId)) {
        malformed.push(event);
      } else {
        known.add(event.aggregateId);
      }
    }
  }
  return { known, malformed, aggregates: known.size };
}

/** Items that are of no aggregate are found by a whole run. */
async function drawSample(db: Db, size: number): Promise<Compared> {
  const { drawn, aggregates } = await drawAggregates(db, size);
  const known = new Set(drawn.filter((id) => !isMalformedItemId(id)));
  return { known, malformed: [], aggregates };
}

async function toMalformedItemDifference(
  deps: IntegrityDeps,
  item: DeliveredEvent,
): Promise<Difference> {
  const exceptions = await getExceptions(
    { ...deps, hotViews: deps.registered.hotViews },
    item.aggregateId,
  );
  return {
    aggregateId: item.aggregateId,
    view: 'event-store',
    field: 'item',
    expected: 'an event',
    actual: isBroken(item) ? item.problem.message : null,
    explanation: explainUnreadable(exceptions, item.eventSequence),
  };
}
