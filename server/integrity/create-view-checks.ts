import { eq, max } from 'drizzle-orm';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { journal } from '#server/journal/journal-table.ts';
import { accountBalancesView } from '#server/projections/account-balances/account-balances-view.ts';
import { recentTransactionsView } from '#server/projections/recent-transactions/recent-transactions-view.ts';
import { checkAccountSummaries } from './check-account-summaries.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkDailyBalances } from './check-daily-balances.ts';
import { checkHotView, readStoredItem } from './check-hot-view.ts';
import { checkJournal } from './check-journal.ts';
import { checkTransactions } from './check-transactions.ts';
import { compareAccountBalance, compareRecentTransactions } from './compare-hot-items.ts';
import type { CreateCheck } from './compare-view.ts';
import type { ComparedView } from './difference.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { readAccountRows } from './read-account-rows.ts';

/** Reads what every view and the journal hold of an account; answers how to check it, by view. */
export async function createViewChecks(
  { db, dynamo }: Pick<IntegrityDeps, 'db' | 'dynamo'>,
  accountId: string,
): Promise<{ readonly view: ComparedView; readonly create: CreateCheck }[]> {
  const aggregateId = toAggregateId(accountId);
  const [journaled, rows, balance, recent] = await Promise.all([
    db
      .select({ newest: max(journal.eventSequence) })
      .from(journal)
      .where(eq(journal.aggregateId, aggregateId)),
    readAccountRows(db, accountId),
    readStoredItem(dynamo, accountBalancesView, accountId),
    readStoredItem(dynamo, recentTransactionsView, accountId),
  ]);
  const newestJournaled = journaled[0]?.newest ?? undefined;
  return [
    {
      view: 'journal',
      create: (report, required) =>
        checkJournal(db, aggregateId, newestJournaled, required, report),
    },
    {
      view: 'accounts',
      create: (report, required) => checkAccounts(rows.account, required, report),
    },
    {
      view: 'transactions',
      create: (report, required) =>
        checkTransactions(db, accountId, rows.newestTransaction, required, report),
    },
    {
      view: 'daily-balances',
      create: (report, required) => checkDailyBalances(rows.days, required, report),
    },
    {
      view: 'account-summaries',
      create: (report, required) => checkAccountSummaries(rows.summary, required, report),
    },
    {
      view: 'account-balances',
      create: (report, required) =>
        checkHotView(accountBalancesView, balance, compareAccountBalance, required, report),
    },
    {
      view: 'recent-transactions',
      create: (report, required) =>
        checkHotView(recentTransactionsView, recent, compareRecentTransactions, required, report),
    },
  ];
}
