import type { AccountBalance } from '#server/projections/account-balances/account-balances-fold.ts';
import type { RecentTransactions } from '#server/projections/recent-transactions/recent-transactions-fold.ts';
import { compareRow, compareRows } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';

/** Reports where an item of account-balances is not as expected. */
export function compareAccountBalance(
  expected: AccountBalance,
  actual: AccountBalance,
  report: ReportDifference,
): void {
  compareRow(expected, actual, report);
}

/** Reports where an item of recent-transactions is not as expected: its order counts too. */
export function compareRecentTransactions(
  { transactions: expectedRows, ...expected }: RecentTransactions,
  { transactions: actualRows, ...actual }: RecentTransactions,
  report: ReportDifference,
): void {
  const orderOf = (rows: RecentTransactions['transactions']) =>
    rows.map(({ sequence }) => sequence).join(',');
  const bySequence = (rows: RecentTransactions['transactions']) =>
    new Map(rows.map((row) => [`${row.sequence}`, row]));
  compareRow(
    { ...expected, transactions: orderOf(expectedRows) },
    { ...actual, transactions: orderOf(actualRows) },
    report,
  );
  compareRows(bySequence(expectedRows), bySequence(actualRows), report);
}
