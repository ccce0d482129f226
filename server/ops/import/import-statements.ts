import { PlayheadError } from '#lib/playhead-error.ts';
import type { CommandHandler } from '#server/commands/command-context.ts';
import { createBookingClock } from './booking-clock.ts';
import { bookRow, type ImportTerms, isRowError, openRowAccount, parseTerms } from './import-row.ts';
import { createTally, type ImportSummary } from './import-tally.ts';
import { createLanes } from './lanes.ts';
import { parseStatementRow, type StatementRow } from './parse-statement-row.ts';
import { type Line, MAX_LINE_LENGTH, readLines } from './read-lines.ts';
import { createFieldReader, type FieldReader } from './statement-columns.ts';

const ACCOUNTS_AT_ONCE = 16;
const ROWS_IN_MEMORY = 1_000;

type ImportDeps = {
  readonly handler: CommandHandler;
  /** Once aborted, no further row is begun. */
  readonly signal: AbortSignal;
  /** Hears after every booking how far into the file it is, and how many rows are dealt with. */
  readonly onProgress: (bytes: number, rows: number) => void;
};

type ImportOptions = ImportTerms & {
  readonly path: string;
  readonly onError: 'continue' | 'stop';
};

/**
 * Books a bank statement (the columns of STATEMENT_COLUMNS) row by row through the command path: in
 * order within an account, side by side between accounts. An account is opened at its first
 * well-formed row; while it cannot be, its rows are rejected for that reason.
 *
 * With `stop`, the first error ends it: rows above that line are finished, rows below it are not
 * begun. Throws INVALID_INPUT for a file that is no statement, and what an engine throws; what was
 * booked by then is known again by the next import.
 */
export async function importStatements(
  deps: ImportDeps,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { handler, signal, onProgress } = deps;
  const terms = parseTerms(options);
  const tally = createTally();
  const lanes = createLanes({ width: ACCOUNTS_AT_ONCE, backlog: ROWS_IN_MEMORY });
  const bookingOf = createBookingClock();
  const unopened = new Map<string, PlayheadError>();
  let stopLine = Number.POSITIVE_INFINITY;
  let furthest = 0;

  function reject(line: number, error: PlayheadError): void {
    tally.reject(line, error);
    if (options.onError === 'stop') {
      stopLine = Math.min(stopLine, line);
    }
  }

  async function open(accountId: string, openedAt: string, line: number): Promise<void> {
    try {
      tally.account(await openRowAccount(handler, terms, accountId, openedAt));
    } catch (error) {
      if (!isRowError(error)) {
        throw error;
      }
      const sentence = `Account ${accountId} could not be opened at line ${line}: ${error.message}`;
      unopened.set(accountId, new PlayheadError(error.code, sentence));
    }
  }

  async function book(row: StatementRow, { line, bytes }: Line): Promise<void> {
    const booking = bookingOf(row);
    await lanes.push(row.accountId, async () => {
      if (line > stopLine || signal.aborted) {
        return;
      }
      if (booking.openedAt !== undefined) {
        await open(row.accountId, booking.openedAt, line);
      }
      try {
        const failed = unopened.get(row.accountId);
        if (failed !== undefined) {
          throw failed;
        }
        tally.row(await bookRow(handler, terms, row, booking));
      } catch (error) {
        if (!isRowError(error)) {
          throw error;
        }
        reject(line, error);
      } finally {
        furthest = Math.max(furthest, bytes);
        onProgress(furthest, tally.counts.rows);
      }
    });
  }

  let readFields: FieldReader | undefined;
  for await (const next of readLines(options.path)) {
    const { line, text } = next;
    if (line > stopLine || signal.aborted) {
      break;
    }
    if (readFields === undefined) {
      readFields = createFieldReader(text ?? '');
    } else if (text !== '') {
      const row = readRow(readFields, text, terms.currency);
      await (row instanceof PlayheadError ? reject(line, row) : book(row, next));
    }
  }
  await lanes.drain();
  if (readFields === undefined) {
    throw new PlayheadError('INVALID_INPUT', `${options.path} is empty.`);
  }
  return tally.summary(Number.isFinite(stopLine) || signal.aborted);
}

function readRow(
  readFields: FieldReader,
  text: string | undefined,
  currency: string,
): StatementRow | PlayheadError {
  if (text === undefined) {
    const sentence = `The line has more than ${MAX_LINE_LENGTH} characters.`;
    return new PlayheadError('TEXT_TOO_LONG', sentence);
  }
  try {
    return parseStatementRow(readFields(text), currency);
  } catch (error) {
    if (error instanceof PlayheadError) {
      return error;
    }
    throw error;
  }
}
