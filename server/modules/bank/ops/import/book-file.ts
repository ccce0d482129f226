import { crc32 } from 'node:zlib';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import type { CommandHandler } from '#server/runtime/commands/command-context.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import {
  bookRow,
  type ImportTerms,
  isRowError,
  openRowAccount,
  otherContents,
} from './import-row.ts';
import { createTally, type TallySummary } from './import-tally.ts';
import { createLanes } from './lanes.ts';
import { parseStatementRow, type StatementRow } from './parse-statement-row.ts';
import { type BookedRows, readBooked } from './read-booked.ts';
import { type FileRow, readStatement } from './read-statement.ts';
import { createOrderCheck } from './row-order.ts';

const ACCOUNTS_AT_ONCE = 128;
const ROWS_IN_MEMORY = 1_000;

/** What the first reading of a file leaves for the second. */
export type CheckedFile = {
  /** One for each row, so that a file that is changed meanwhile is noticed before its row is booked. */
  readonly checksums: number[];
  /** What the histories of the accounts say of the file's rows. */
  readonly accounts: Map<string, BookedRows>;
};

type BookFile = {
  /** `check` fills in what `book` goes by. */
  readonly step: 'check' | 'book';
  readonly file: CheckedFile;
  readonly handler: CommandHandler;
  readonly store: EventStore;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number, rows: number) => void;
  readonly path: string;
  readonly encoding: string;
  readonly terms: ImportTerms;
  readonly onError: 'continue' | 'stop';
};

/**
 * Reads a statement once and hands its rows to a handler: an account's in their order, 16 accounts side
 * by side. With `stop`, the first error ends it: rows above that line are finished, rows below it are
 * not begun. Throws INVALID_INPUT for a file that is no statement, or was changed.
 */
export async function bookFile(task: BookFile): Promise<TallySummary> {
  const { handler, store, signal, file, terms, onProgress } = task;
  const tally = createTally();
  const lanes = createLanes({ width: ACCOUNTS_AT_ONCE, backlog: ROWS_IN_MEMORY });
  const checkOrder = createOrderCheck();
  const failedAccounts = new Map<string, PlayheadError>();
  const seen = new Set<string>();
  let stopLine = Number.POSITIVE_INFINITY;
  let furthest = 0;

  function reject(line: number, error: PlayheadError): void {
    tally.reject(line, error);
    if (task.onError === 'stop') {
      stopLine = Math.min(stopLine, line);
    }
  }

  /** The account is there when this resolves, or the reason is known why it cannot be. */
  async function meetAccount(row: StatementRow, line: number): Promise<void> {
    const { accountId, date } = row;
    seen.add(accountId);
    try {
      const account = file.accounts.get(accountId) ?? (await readBooked(store, accountId, date));
      file.accounts.set(accountId, account);
      tally.account(!account.isOpened && (await openRowAccount(handler, terms, row)));
    } catch (error) {
      if (!isRowError(error)) {
        throw error;
      }
      const sentence = `Account ${accountId} cannot be used, since line ${line}: ${error.message}`;
      failedAccounts.set(accountId, new PlayheadError(error.code, sentence));
    }
  }

  async function book(row: StatementRow): Promise<boolean> {
    const failed = failedAccounts.get(row.accountId);
    if (failed !== undefined) {
      throw failed;
    }
    switch (file.accounts.get(row.accountId)?.find(row, terms.currency)) {
      case 'same':
        return false;
      case 'other':
        throw otherContents(row);
      case undefined:
        return bookRow(handler, terms, row);
    }
  }

  async function carryOut(row: StatementRow, { line, bytes }: FileRow): Promise<void> {
    if (line > stopLine || signal.aborted) {
      return;
    }
    if (!seen.has(row.accountId)) {
      await meetAccount(row, line);
    }
    try {
      tally.row(await book(row));
    } catch (error) {
      if (!isRowError(error)) {
        throw error;
      }
      reject(line, error);
    } finally {
      furthest = Math.max(furthest, bytes);
      onProgress(furthest, tally.counts.rows);
    }
  }

  let count = 0;
  try {
    for await (const next of readStatement(task.path, task.encoding)) {
      if (next.line > stopLine || signal.aborted) {
        break;
      }
      checkUnchanged(task, count, next);
      count += 1;
      const row = readRow(next, terms.currency);
      if (row instanceof PlayheadError) {
        reject(next.line, row);
      } else {
        checkOrder(row, next.line);
        await lanes.push(row.accountId, () => carryOut(row, next));
      }
    }
  } finally {
    // Also where the file cannot be read on: what was begun is finished before that is said.
    await lanes.flush();
  }
  const stopped = Number.isFinite(stopLine) || signal.aborted;
  if (!stopped && count < file.checksums.length) {
    throw changed('It ends earlier than before');
  }
  return tally.summary(stopped);
}

function checkUnchanged({ step, file }: BookFile, index: number, { line, fields }: FileRow): void {
  const contents = fields instanceof PlayheadError ? fields.message : Object.values(fields);
  const checksum = crc32(JSON.stringify(contents));
  if (step === 'check') {
    file.checksums.push(checksum);
  } else if (file.checksums[index] !== checksum) {
    throw changed(`Line ${line} is another one`);
  }
}

function changed(how: string): PlayheadError {
  const sentence = `The file was changed after it had been checked. ${how}; rows above were booked. Import it again: what is booked is known.`;
  return new PlayheadError('INVALID_INPUT', sentence);
}

function readRow({ fields }: FileRow, currency: string): StatementRow | PlayheadError {
  if (fields instanceof PlayheadError) {
    return fields;
  }
  try {
    return parseStatementRow(fields, currency);
  } catch (error) {
    if (isPlayheadError(error)) {
      return error;
    }
    throw error;
  }
}
