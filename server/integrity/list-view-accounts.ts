import { asc, gt } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import { journal } from '#server/journal/journal-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import {
  accountMonths,
  accountSummaries,
} from '#server/projections/account-summaries/account-summaries-table.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import { dailyBalances } from '#server/projections/daily-balances/daily-balances-table.ts';
import { scanHotAccounts } from '#server/projections/scan-hot-accounts.ts';
import { transactions } from '#server/projections/transactions/transactions-table.ts';
import type { ComparedView } from './difference.ts';

const PAGE_SIZE = 1_000;

/** Account ids that a view has rows of, in pages. */
export type ViewAccounts = {
  readonly view: ComparedView;
  readonly accountIds: AsyncIterable<readonly string[]>;
};

/** The accounts of the journal and of every view; the summaries' months are a table of their own. */
export function listViewAccounts({ db, dynamo }: { db: Db; dynamo: Dynamo }): ViewAccounts[] {
  const { accountBalances, recentTransactions } = dynamo.tables;
  return [
    { view: 'journal', accountIds: listJournaled(db) },
    { view: 'accounts', accountIds: selectDistinct(db, accounts.accountId) },
    { view: 'transactions', accountIds: selectDistinct(db, transactions.accountId) },
    { view: 'daily-balances', accountIds: selectDistinct(db, dailyBalances.accountId) },
    { view: 'account-summaries', accountIds: selectDistinct(db, accountSummaries.accountId) },
    { view: 'account-summaries', accountIds: selectDistinct(db, accountMonths.accountId) },
    { view: 'account-balances', accountIds: scanHotAccounts(dynamo, accountBalances) },
    { view: 'recent-transactions', accountIds: scanHotAccounts(dynamo, recentTransactions) },
  ];
}

async function* listJournaled(db: Db): AsyncGenerator<string[]> {
  for await (const aggregateIds of selectDistinct(db, journal.aggregateId)) {
    yield aggregateIds.map(fromAggregateId);
  }
}

async function* selectDistinct(db: Db, column: PgColumn): AsyncGenerator<string[]> {
  const rowSchema = z.array(z.object({ accountId: z.string() }));
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = rowSchema.parse(
      await db
        .selectDistinct({ accountId: column })
        .from(column.table)
        .where(gt(column, after))
        .orderBy(asc(column))
        .limit(PAGE_SIZE),
    );
    yield rows.map(({ accountId }) => accountId);
    after = rows.at(-1)?.accountId;
  }
}
