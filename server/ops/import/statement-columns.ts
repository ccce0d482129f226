import { parse } from 'csv-parse/sync';
import { PlayheadError } from '#lib/playhead-error.ts';

/** The columns of a bank statement; their order in the file is the header's. */
export const STATEMENT_COLUMNS = [
  'account_id',
  'date',
  'trans_id',
  'direction',
  'operation',
  'amount',
  'balance_after',
  'purpose',
  'counterparty_bank',
  'counterparty_account',
] as const;

type StatementColumn = (typeof STATEMENT_COLUMNS)[number];

/** A row as it stands in the file: every field a text, which may be empty. */
export type StatementFields = Readonly<Record<StatementColumn, string>>;

/** Reads a data line's fields by the header's columns. Throws INVALID_INPUT when it cannot. */
export type FieldReader = (text: string) => StatementFields;

/**
 * Checks a statement's header line, and makes the reader of the lines under it. Throws INVALID_INPUT
 * when a column is missing, unknown or named twice.
 */
export function createFieldReader(header: string): FieldReader {
  const names = splitLine(header.replace(/^\uFEFF/, '')).map((name) => name.trim().toLowerCase());
  const missing = STATEMENT_COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw invalid(
      `The header lacks ${missing.join(', ')}; it must name ${STATEMENT_COLUMNS.join(',')}.`,
    );
  }
  if (names.length > STATEMENT_COLUMNS.length) {
    throw invalid(
      `The header has ${names.length} columns; exactly these are understood: ${STATEMENT_COLUMNS.join(',')}.`,
    );
  }
  return (text) => {
    const values = splitLine(text);
    if (values.length !== names.length) {
      throw invalid(`The row has ${values.length} columns; the header has ${names.length}.`);
    }
    const field = (column: StatementColumn) => (values[names.indexOf(column)] ?? '').trim();
    return {
      account_id: field('account_id'),
      date: field('date'),
      trans_id: field('trans_id'),
      direction: field('direction'),
      operation: field('operation'),
      amount: field('amount'),
      balance_after: field('balance_after'),
      purpose: field('purpose'),
      counterparty_bank: field('counterparty_bank'),
      counterparty_account: field('counterparty_account'),
    };
  };
}

/**
 * One line is one row: a quote that is never closed then spoils its own line, and not the rest of
 * the file.
 */
function splitLine(text: string): string[] {
  try {
    return parse(text, { relax_column_count: true })[0] ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(':')[0] : 'unreadable';
    throw new PlayheadError('INVALID_INPUT', `The line is not CSV: ${reason}.`, { cause: error });
  }
}

function invalid(message: string): PlayheadError {
  return new PlayheadError('INVALID_INPUT', message);
}
