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

/** A row as it stands in the file, to the letter: every field a text, which may be empty. */
export type StatementFields = Readonly<Record<StatementColumn, string>>;

/** Gives a row's values their columns' names. Throws INVALID_INPUT when there are more or fewer. */
export type FieldReader = (values: readonly string[]) => StatementFields;

/**
 * Checks a statement's header, and makes the reader of the rows under it. Throws INVALID_INPUT, with
 * the likely cause, when a column is missing, unknown or named twice.
 */
export function createFieldReader(header: readonly string[]): FieldReader {
  const names = header.map((name) => name.trim().toLowerCase());
  checkHeader(names);
  const places = new Map(names.map((name, place) => [name, place]));
  const width = names.length;
  return (values) => {
    if (values.length !== width) {
      const cause =
        values.length > width
          ? 'a field with a comma in it, such as an amount with a decimal comma, must be in quotes'
          : 'a field is missing, or the line was cut off';
      throw invalid(`The row has ${values.length} columns and the header ${width}: ${cause}.`);
    }
    const field = (column: StatementColumn) => values[places.get(column) ?? -1] ?? '';
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

const DELIMITERS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
] as const;

function checkHeader(names: readonly string[]): void {
  const all = STATEMENT_COLUMNS.join(',');
  const text = names.join(',');
  if (text.includes('\0')) {
    throw invalid(
      'The header has NUL characters in it. It looks like UTF-16: import it with --encoding utf-16.',
    );
  }
  const delimiter = DELIMITERS.find(([sign]) => text.split(sign).length > names.length);
  const missing = STATEMENT_COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0 && delimiter) {
    throw invalid(
      `The columns are separated by ${delimiter[1]} (“${delimiter[0]}”): a statement’s are separated by commas, and its amounts have a decimal point. Export it that way.`,
    );
  }
  if (missing.length === STATEMENT_COLUMNS.length) {
    throw invalid(`The first line is not a header of columns; it must name ${all}.`);
  }
  const known: readonly string[] = STATEMENT_COLUMNS;
  const unknown = names.filter((name) => !known.includes(name));
  if (missing.length > 0) {
    const instead = unknown.length > 0 ? ` (it has ${quote(unknown)} instead)` : '';
    throw invalid(`The header lacks ${missing.join(', ')}${instead}; it must name ${all}.`);
  }
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (twice.length > 0) {
    throw invalid(`The header names ${quote([...new Set(twice)])} more than once.`);
  }
  if (unknown.length > 0) {
    throw invalid(`The header has ${quote(unknown)}; exactly these are understood: ${all}.`);
  }
}

function quote(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `“${name.slice(0, 40)}”`);
  return names.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

function invalid(message: string): PlayheadError {
  return new PlayheadError('INVALID_INPUT', message);
}
