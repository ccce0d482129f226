import { isPlayheadError } from '#lib/playhead-error.ts';
import { type RecordedEvent, toAggregateId } from '#server/domain/recorded-event.ts';
import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { foldEvent, type LoadedState, UNOPENED } from '#server/event-store/fold-events.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { accountBalancesView } from '#server/projections/account-balances/account-balances-view.ts';
import { getAccountExceptions } from '#server/projections/dead-letters/get-account-exceptions.ts';
import { recentTransactionsView } from '#server/projections/recent-transactions/recent-transactions-view.ts';
import { checkAccountSummaries } from './check-account-summaries.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkDailyBalances } from './check-daily-balances.ts';
import { checkHotView, readStoredItem } from './check-hot-view.ts';
import { checkTransactions } from './check-transactions.ts';
import { compareAccountBalance, compareRecentTransactions } from './compare-hot-items.ts';
import { createCollector, type Difference } from './difference.ts';
import { readAccountRows } from './read-account-rows.ts';
import { toExplain } from './to-explain.ts';
import type { ViewCheck } from './view-check.ts';

const PAGE_SIZE = 1_000;

export type IntegrityDeps = {
  readonly store: EventStore;
  readonly db: Db;
  readonly dynamo: Dynamo;
};

/** How an account's views compare with its events. */
export type AccountComparison = {
  /** The account's newest event. */
  readonly version: number;
  /** The first of `count` differences. */
  readonly found: readonly Difference[];
  readonly count: number;
  /** So many of them are explained by dead letters and skipped events. */
  readonly explained: number;
  /** Some of them may be gone once the views have caught up. */
  readonly isBehind: boolean;
};

/**
 * Folds one account from the event store, page by page, and compares every view with it, each at the
 * sequence that it is at. Views must have come to `required` (all events that there are, without
 * it). An event that cannot be read is a difference too.
 */
export async function compareAccount(
  deps: IntegrityDeps,
  accountId: string,
  required = Number.MAX_SAFE_INTEGER,
): Promise<AccountComparison> {
  const exceptions = await getAccountExceptions(deps, toAggregateId(accountId));
  const { reportIn, result } = createCollector(accountId, toExplain(exceptions));
  // The views first: whatever they hold is then in the event store for certain.
  const [rows, balance, recent] = await Promise.all([
    readAccountRows(deps.db, accountId),
    readStoredItem(deps.dynamo, accountBalancesView, accountId),
    readStoredItem(deps.dynamo, recentTransactionsView, accountId),
  ]);
  const transactions = checkTransactions(
    deps.db,
    accountId,
    rows.newestTransaction,
    required,
    reportIn('transactions'),
  );
  const checks: ViewCheck[] = [
    checkAccounts(rows.account, required, reportIn('accounts')),
    transactions,
    checkDailyBalances(rows.days, required, reportIn('daily-balances')),
    checkAccountSummaries(rows.summary, required, reportIn('account-summaries')),
    checkHotView(
      accountBalancesView,
      balance,
      compareAccountBalance,
      required,
      reportIn('account-balances'),
    ),
    checkHotView(
      recentTransactionsView,
      recent,
      compareRecentTransactions,
      required,
      reportIn('recent-transactions'),
    ),
  ];
  let loaded = UNOPENED;
  try {
    for await (const events of readPages(deps.store, accountId)) {
      for (const event of events) {
        loaded = foldEvent(loaded, event);
        observe(checks, event, loaded);
      }
      await transactions.comparePage(events);
    }
  } catch (error) {
    if (!isPlayheadError(error, 'EVENT_UNREADABLE')) {
      throw error;
    }
    reportIn('event-store')({ field: 'event', expected: 'readable', actual: error.message });
    return { version: loaded.version, ...result() };
  }
  for (const check of checks) {
    check.finish();
  }
  return { version: loaded.version, ...result() };
}

function observe(checks: readonly ViewCheck[], event: RecordedEvent, after: LoadedState): void {
  for (const check of checks) {
    check.observe(event, after);
  }
}

async function* readPages(store: EventStore, accountId: string): AsyncGenerator<RecordedEvent[]> {
  for (let from = 1; ; from += PAGE_SIZE) {
    const to = from + PAGE_SIZE - 1;
    const events = await store.read(toAggregateId(accountId), { from, to });
    if (events.length > 0) {
      yield events.map(toRecordedEvent);
    }
    if (events.length < PAGE_SIZE) {
      return;
    }
  }
}
