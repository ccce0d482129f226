import {
  type AccountMonthsRow,
  foldAccountSummary,
  type SummaryRows,
} from '#server/projections/account-summaries/account-summaries-fold.ts';
import { compareRow, compareRows } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';

/** Checks an account's summary and its months, which were read at one moment. */
export function checkAccountSummaries(
  rows: SummaryRows,
  required: number,
  report: ReportDifference,
): ViewCheck {
  let summary: SummaryRows['summary'];
  let newest: readonly AccountMonthsRow[] = [];
  const months = new Map<string, AccountMonthsRow>();
  return createViewCheck({
    version: rows.summary?.version,
    required,
    holds: () => true,
    fold: (entry) => {
      const changed = foldAccountSummary({ summary, months: newest }, [readEvent(entry)]);
      summary = changed.summary ?? summary;
      for (const row of changed.months) {
        months.set(row.month, row);
        newest = [row];
      }
    },
    compare: () => {
      compareRow({ ...summary }, { ...rows.summary }, report);
      compareRows(months, new Map(rows.months.map((row) => [row.month, row])), report);
    },
    report,
  });
}
