import { groupBy } from '#lib/group-by.ts';
import { fromAggregateId, type RecordedEvent } from '#server/domain/recorded-event.ts';
import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { accountBalancesView } from './account-balances/account-balances-view.ts';
import { createHotViewWriter } from './hot-view-writer.ts';
import { recentTransactionsView } from './recent-transactions/recent-transactions-view.ts';

/**
 * Makes the receiver of the consumer `hot-views`: brings both views up to a batch of events, which
 * may come twice, late and out of order. Each view and each account gets as far as it can by
 * itself; then the first failure is thrown, and the batch can be delivered again.
 */
export function createHotViews({
  dynamo,
  store,
}: {
  readonly dynamo: Dynamo;
  readonly store: Pick<EventStore, 'read'>;
}): (events: readonly StoredEvent[]) => Promise<void> {
  const writers = [
    createHotViewWriter(dynamo, store, accountBalancesView),
    createHotViewWriter(dynamo, store, recentTransactionsView),
  ];
  return async (events) => {
    const { byAccount, failures } = toAccounts(events);
    const answers = await Promise.allSettled(writers.map((write) => write(byAccount)));
    for (const answer of answers) {
      failures.push(...(answer.status === 'fulfilled' ? answer.value : [answer.reason]));
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  };
}

/** An account with an event that cannot be read waits as a whole. */
function toAccounts(events: readonly StoredEvent[]) {
  const byAccount = new Map<string, RecordedEvent[]>();
  const failures: unknown[] = [];
  for (const [aggregateId, stored] of groupBy(events, (event) => event.aggregateId)) {
    try {
      const recorded = stored.map(toRecordedEvent);
      recorded.sort((a, b) => a.eventSequence - b.eventSequence);
      byAccount.set(fromAggregateId(aggregateId), recorded);
    } catch (error) {
      failures.push(error);
    }
  }
  return { byAccount, failures };
}
