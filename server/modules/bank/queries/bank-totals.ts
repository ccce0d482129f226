import { sql, sum } from 'drizzle-orm';
import type { BankTotals } from '#lib/modules/bank/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { accountTotals } from '../views/accounts/account-totals-table.ts';

/** The bank in figures: see `bankTotalsSchema`. */
export async function getBankTotals(db: Db): Promise<BankTotals> {
  const totals = await db
    .select({
      currency: accountTotals.currency,
      accounts: sum(accountTotals.accounts).mapWith(Number),
      balance: sql<string>`${sum(accountTotals.balance)}::text`,
    })
    .from(accountTotals)
    .groupBy(accountTotals.currency)
    .orderBy(accountTotals.currency);
  const accounts = totals.reduce((sum, currency) => sum + currency.accounts, 0);
  return { accounts, totals };
}
