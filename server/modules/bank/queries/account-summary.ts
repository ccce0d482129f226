import { asc, desc, eq } from 'drizzle-orm';
import type { AccountSummary } from '#lib/modules/bank/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import {
  accountMonths,
  accountSummaries,
} from '../views/account-summaries/account-summaries-table.ts';
import { accountSummariesView } from '../views/account-summaries/account-summaries-view.ts';
import { dailyBalances } from '../views/daily-balances/daily-balances-table.ts';
import { dailyBalancesView } from '../views/daily-balances/daily-balances-view.ts';
import { accountNotFound } from './account-row.ts';

/** So many days on which money moved are shown, the newest ones. */
const MOST_DAYS = 366;

/**
 * Figures over an account's life, its months and its days, oldest first. They come from two
 * projections; the freshness is that of the one further behind. Throws ACCOUNT_NOT_FOUND.
 */
export async function getAccountSummary(db: Db, accountId: string): Promise<AccountSummary> {
  const [summaries, daily] = await Promise.all([
    getFreshness(db, accountSummariesView),
    getFreshness(db, dailyBalancesView),
  ]);
  return readSnapshot(db, async (tx) => {
    const [summary] = await tx
      .select()
      .from(accountSummaries)
      .where(eq(accountSummaries.accountId, accountId));
    const months = await tx
      .select()
      .from(accountMonths)
      .where(eq(accountMonths.accountId, accountId))
      .orderBy(asc(accountMonths.month));
    const days = await tx
      .select({ day: dailyBalances.day, closing: dailyBalances.closing })
      .from(dailyBalances)
      .where(eq(dailyBalances.accountId, accountId))
      .orderBy(desc(dailyBalances.day))
      .limit(MOST_DAYS);
    if (!summary) {
      throw accountNotFound(accountId, 'in the read model');
    }
    return {
      deposits: summary.deposits,
      withdrawals: summary.withdrawals,
      transfersIn: summary.transfersIn,
      transfersOut: summary.transfersOut,
      totalIn: summary.totalIn.toString(),
      totalOut: summary.totalOut.toString(),
      largestIn: summary.largestIn.toString(),
      largestOut: summary.largestOut.toString(),
      lowestBalance: summary.lowestBalance.toString(),
      highestBalance: summary.highestBalance.toString(),
      months: months.map(({ month, totalIn, totalOut }) => ({
        month,
        in: totalIn.toString(),
        out: totalOut.toString(),
      })),
      days: days.reverse().map(({ day, closing }) => ({ day, closing: closing.toString() })),
      freshness: summaries.position <= daily.position ? summaries : daily,
    };
  });
}
