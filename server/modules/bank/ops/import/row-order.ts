import { PlayheadError } from '#lib/playhead-error.ts';
import type { StatementRow } from './parse-statement-row.ts';

type Last = { readonly date: string; readonly line: number };

/**
 * Watches that each account's rows run from old to new, for they are booked one after the other and an
 * account's time never runs backwards. Throws INVALID_INPUT at the first row that is older than the
 * one above it.
 */
export function createOrderCheck(): (row: StatementRow, line: number) => void {
  const lasts = new Map<string, Last>();
  return ({ accountId, date }, line) => {
    const last = lasts.get(accountId);
    if (last !== undefined && date < last.date) {
      throw new PlayheadError(
        'INVALID_INPUT',
        `The rows of account ${accountId} do not run from old to new: line ${line} is of ${date}, ` +
          `line ${last.line} above it of ${last.date}. The file may be newest first: sort its rows ` +
          'by their date, the oldest first and those of one day in the order in which the bank booked them.',
      );
    }
    lasts.set(accountId, { date, line });
  };
}
