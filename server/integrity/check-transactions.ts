import type { Db } from '#server/platform/postgres.ts';
import { toMovement } from '#server/projections/movement.ts';
import {
  foldTransactions,
  type TransactionsRow,
} from '#server/projections/transactions/transactions-fold.ts';
import { compareRows } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';
import { readTransactions } from './read-account-rows.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';

/**
 * Checks an account's transactions up to the newest, whose sequence is given: rows are read beside
 * the events of each page, so that a long history is never in memory as a whole.
 */
export function checkTransactions(
  db: Db,
  accountId: string,
  newest: number | undefined,
  required: number,
  report: ReportDifference,
): ViewCheck {
  let last: TransactionsRow | undefined;
  let page: TransactionsRow[] = [];
  const check = createViewCheck({
    version: newest,
    required,
    holds: (entry) => toMovement(readEvent(entry)) !== undefined,
    fold: (entry) => {
      const rows = foldTransactions(last, [readEvent(entry)]);
      last = rows.at(-1) ?? last;
      page.push(...rows);
    },
    compare: () => {},
    report,
  });
  return {
    ...check,
    endPage: async ({ from, to }) => {
      const end = Math.min(to, newest ?? 0);
      if (from <= end) {
        const rows = page.filter(({ sequence }) => sequence <= end);
        const expected = new Map(rows.map((row) => [`${row.sequence}`, row]));
        const actual = await readTransactions(db, accountId, { from, to: end });
        compareRows(expected, actual, report);
      }
      page = [];
    },
  };
}
