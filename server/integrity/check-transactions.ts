import type { RecordedEvent } from '#server/domain/recorded-event.ts';
import type { Db } from '#server/platform/postgres.ts';
import { toMovement } from '#server/projections/movement.ts';
import {
  foldTransactions,
  type LastTransaction,
} from '#server/projections/transactions/transactions-fold.ts';
import { compareRows } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';
import { readTransactions } from './read-account-rows.ts';
import { createViewCheck, type ViewCheck } from './view-check.ts';

/** Beside how far the view has come, its rows, a page of the account's events at a time. */
export type TransactionsCheck = ViewCheck & {
  readonly comparePage: (events: readonly RecordedEvent[]) => Promise<void>;
};

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
): TransactionsCheck {
  let last: LastTransaction | undefined;
  const check = createViewCheck({
    version: newest,
    required,
    holds: (event) => toMovement(event) !== undefined,
    fold: () => {},
    compare: () => {},
    report,
  });
  return {
    ...check,
    comparePage: async (events) => {
      const from = events[0]?.eventSequence ?? 0;
      const to = Math.min(events.at(-1)?.eventSequence ?? 0, newest ?? 0);
      const folded = foldTransactions(last, events);
      last = folded.at(-1) ?? last;
      if (from <= to) {
        const rows = folded.filter(({ sequence }) => sequence <= to);
        const expected = new Map(rows.map((row) => [`${row.sequence}`, row]));
        compareRows(expected, await readTransactions(db, accountId, { from, to }), report);
      }
    },
  };
}
