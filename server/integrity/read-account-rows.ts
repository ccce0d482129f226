import { and, asc, between, eq, max } from 'drizzle-orm';
import type { Db } from '#server/platform/postgres.ts';
import type { SummaryRows } from '#server/projections/account-summaries/account-summaries-fold.ts';
import {
  accountMonths,
  accountSummaries,
} from '#server/projections/account-summaries/account-summaries-table.ts';
import type { AccountsRow } from '#server/projections/accounts/accounts-fold.ts';
import { accounts } from '#server/projections/accounts/accounts-table.ts';
import type { DailyBalancesRow } from '#server/projections/daily-balances/daily-balances-fold.ts';
import { dailyBalances } from '#server/projections/daily-balances/daily-balances-table.ts';
import type { TransactionsRow } from '#server/projections/transactions/transactions-fold.ts';
import { transactions } from '#server/projections/transactions/transactions-table.ts';

/** An account's rows in PostgreSQL at one moment; of its transactions, the newest's sequence. */
export type AccountRows = {
  readonly account: AccountsRow | undefined;
  readonly summary: SummaryRows;
  /** In their order. */
  readonly days: readonly DailyBalancesRow[];
  readonly newestTransaction: number | undefined;
};

/** Reads an account's rows from one snapshot of the database. */
export async function readAccountRows(db: Db, accountId: string): Promise<AccountRows> {
  return db.transaction(
    async (tx) => {
      const [account] = await tx.select().from(accounts).where(eq(accounts.accountId, accountId));
      const [summary] = await tx
        .select()
        .from(accountSummaries)
        .where(eq(accountSummaries.accountId, accountId));
      const months = await tx
        .select()
        .from(accountMonths)
        .where(eq(accountMonths.accountId, accountId));
      const days = await tx
        .select()
        .from(dailyBalances)
        .where(eq(dailyBalances.accountId, accountId))
        .orderBy(asc(dailyBalances.day));
      const [newest] = await tx
        .select({ sequence: max(transactions.sequence) })
        .from(transactions)
        .where(eq(transactions.accountId, accountId));
      return {
        account,
        summary: { summary, months },
        days,
        newestTransaction: newest?.sequence ?? undefined,
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** An account's transactions with the sequences `from` to `to`, by their sequence. */
export async function readTransactions(
  db: Db,
  accountId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Map<string, TransactionsRow>> {
  const rows = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.accountId, accountId), between(transactions.sequence, from, to)));
  return new Map(rows.map((row) => [`${row.sequence}`, row]));
}
