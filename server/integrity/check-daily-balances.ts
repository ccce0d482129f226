import {
  type DailyBalancesRow,
  foldDailyBalances,
} from '#server/projections/daily-balances/daily-balances-fold.ts';
import { toMovement } from '#server/projections/movement.ts';
import { compareRows } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';

/** Checks an account's days, given in their order; the newest says how far the view has come. */
export function checkDailyBalances(
  rows: readonly DailyBalancesRow[],
  required: number,
  report: ReportDifference,
): ViewCheck {
  const days = new Map<string, DailyBalancesRow>();
  let last: DailyBalancesRow | undefined;
  return createViewCheck({
    version: rows.at(-1)?.version,
    required,
    holds: (entry) => toMovement(readEvent(entry)) !== undefined,
    fold: (entry) => {
      for (const row of foldDailyBalances(last, [readEvent(entry)])) {
        days.set(row.day, row);
        last = row;
      }
    },
    compare: () => compareRows(days, new Map(rows.map((row) => [row.day, row])), report),
    report,
  });
}
