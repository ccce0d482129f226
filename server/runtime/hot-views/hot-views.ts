import { setTimeout as sleep } from 'node:timers/promises';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { groupBy } from '#lib/group-by.ts';
import { recordHotDeadLetters } from '#server/runtime/dead-letters/record-hot-dead-letters.ts';
import type { DeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import { type EntriesByAggregate, toHistoryEntry } from './history-entry.ts';
import type { HotFailure } from './hot-failure.ts';
import type { HotView } from './hot-view.ts';
import { beginHotViews } from './hot-view-versions.ts';
import { createHotViewWriter, type HotViewWriter, type OnHotWritten } from './hot-view-writer.ts';
import type { HistoryStore } from './read-history.ts';

/** So often an event is tried before it becomes a dead letter. */
const MAX_ATTEMPTS = 3;

const BETWEEN_ATTEMPTS = { baseMs: 200, capMs: 2_000 };

/**
 * Makes the receiver of the consumer `hot-views`: brings all views up to a batch of events, which
 * may come twice, late and out of order. An event that a view cannot take becomes a dead letter after
 * some attempts: its aggregate waits in that view, and all else goes on. A transient error is thrown when
 * everything has got as far as it can, and the batch can be delivered again.
 */
export function createHotViews({
  dynamo,
  store,
  hotViews,
  onWritten,
}: {
  readonly dynamo: Dynamo;
  readonly store: HistoryStore;
  readonly hotViews: readonly HotView[];
  /** Hears which events a view has now (`OnHotWritten`). */
  readonly onWritten?: (view: string, ...written: Parameters<OnHotWritten>) => void;
}): (events: readonly DeliveredEvent[]) => Promise<void> {
  const writers = hotViews.map((view) => {
    const note: OnHotWritten = (...written) => onWritten?.(view.name, ...written);
    return [view, createHotViewWriter(dynamo, store, view, note)] as const;
  });
  let hasBegun = false;
  return async (events) => {
    if (!hasBegun) {
      await beginHotViews(dynamo, hotViews);
      hasBegun = true;
    }
    const byType = groupBy(events, ({ aggregateId }) => parseAggregateId(aggregateId).type);
    const entries = new Map(
      [...new Set(hotViews.map(({ aggregate }) => aggregate.type))].map((type) => [
        type,
        toEntries(store, byType.get(type) ?? []),
      ]),
    );
    const answers = await Promise.allSettled(
      writers.map(([{ name, aggregate }, write]) =>
        bringUp(dynamo, name, write, entries.get(aggregate.type) ?? new Map()),
      ),
    );
    for (const answer of answers) {
      if (answer.status === 'rejected') {
        throw answer.reason;
      }
    }
  };
}

/** By aggregate, in the order of their sequences. */
export function toEntries(
  store: HistoryStore,
  events: readonly DeliveredEvent[],
): EntriesByAggregate {
  const read = events.map((event) => toHistoryEntry(store, event));
  const entries = groupBy(read, ({ source }) => source.aggregateId);
  for (const each of entries.values()) {
    each.sort((a, b) => a.eventSequence - b.eventSequence);
  }
  return entries;
}

/** Throws the first transient error. */
async function bringUp(
  dynamo: Dynamo,
  view: string,
  write: HotViewWriter,
  entries: EntriesByAggregate,
): Promise<void> {
  const firstFailedAt = new Date().toISOString();
  let transient: HotFailure | undefined;
  let pending = entries;
  for (let attempt = 1; pending.size > 0; attempt += 1) {
    const failures = await write(pending);
    transient ??= failures.find(({ error }) => categorize(error) === 'transient');
    const lasting = failures.filter(({ error }) => categorize(error) !== 'transient');
    if (attempt === MAX_ATTEMPTS) {
      await recordHotDeadLetters(dynamo, view, lasting, { attempts: attempt, firstFailedAt });
      break;
    }
    pending = new Map(
      lasting.map(({ entry: { source } }) => [
        source.aggregateId,
        entries.get(source.aggregateId) ?? [],
      ]),
    );
    if (pending.size > 0) {
      await sleep(backoffMs(attempt, BETWEEN_ATTEMPTS));
    }
  }
  if (transient !== undefined) {
    throw transient.error;
  }
}
