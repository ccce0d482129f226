import { setTimeout as sleep } from 'node:timers/promises';
import { groupBy } from '#lib/group-by.ts';
import type { DeliveredEvent } from '#server/event-store/delivered-event.ts';
import { backoffMs } from '#server/platform/backoff.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { categorize } from '#server/platform/failure.ts';
import { accountBalancesView } from './account-balances/account-balances-view.ts';
import { buryHot } from './dead-letters/bury-hot.ts';
import { type EntriesByAggregate, toHistoryEntry } from './history-entry.ts';
import type { HotFailure } from './hot-failure.ts';
import { beginHotViews } from './hot-view-versions.ts';
import { createHotViewWriter, type HotViewWriter } from './hot-view-writer.ts';
import type { HistoryStore } from './read-history.ts';
import { recentTransactionsView } from './recent-transactions/recent-transactions-view.ts';

/** So often an event is tried before it becomes a dead letter. */
const MAX_ATTEMPTS = 3;

const BETWEEN_ATTEMPTS = { baseMs: 200, capMs: 2_000 };

/** The writers of every hot view, by its name. */
export function createHotViewWriters(
  dynamo: Dynamo,
  store: HistoryStore,
): ReadonlyMap<string, HotViewWriter> {
  return new Map([
    [accountBalancesView.name, createHotViewWriter(dynamo, store, accountBalancesView)],
    [recentTransactionsView.name, createHotViewWriter(dynamo, store, recentTransactionsView)],
  ]);
}

/**
 * Makes the receiver of the consumer `hot-views`: brings both views up to a batch of events, which
 * may come twice, late and out of order. An event that a view cannot take becomes a dead letter after
 * some attempts: its account waits in that view, and all else goes on. What may pass is thrown when
 * everything has got as far as it can, and the batch can be delivered again.
 */
export function createHotViews({
  dynamo,
  store,
}: {
  readonly dynamo: Dynamo;
  readonly store: HistoryStore;
}): (events: readonly DeliveredEvent[]) => Promise<void> {
  const writers = createHotViewWriters(dynamo, store);
  let hasBegun = false;
  return async (events) => {
    if (!hasBegun) {
      await beginHotViews(dynamo);
      hasBegun = true;
    }
    const entries = toEntries(events);
    const answers = await Promise.allSettled(
      [...writers].map(([view, write]) => bringUp(dynamo, view, write, entries)),
    );
    for (const answer of answers) {
      if (answer.status === 'rejected') {
        throw answer.reason;
      }
    }
  };
}

/** By aggregate, in the order of their sequences. */
export function toEntries(events: readonly DeliveredEvent[]): EntriesByAggregate {
  const entries = groupBy(events.map(toHistoryEntry), ({ source }) => source.aggregateId);
  for (const each of entries.values()) {
    each.sort((a, b) => a.eventSequence - b.eventSequence);
  }
  return entries;
}

/** Throws the first error that may pass. */
async function bringUp(
  dynamo: Dynamo,
  view: string,
  write: HotViewWriter,
  entries: EntriesByAggregate,
): Promise<void> {
  const firstFailedAt = new Date().toISOString();
  let passing: HotFailure | undefined;
  let pending = entries;
  for (let attempt = 1; pending.size > 0; attempt += 1) {
    const failures = await write(pending);
    passing ??= failures.find(({ error }) => categorize(error) === 'transient');
    const lasting = failures.filter(({ error }) => categorize(error) !== 'transient');
    if (attempt === MAX_ATTEMPTS) {
      await buryHot(dynamo, view, lasting, { attempts: attempt, firstFailedAt });
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
  if (passing !== undefined) {
    throw passing.error;
  }
}
