import { toAccountId } from '#lib/modules/bank/account-id.ts';
import { parseDecimal } from '#lib/money.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { checkAmount, checkText } from '../../domain/account-rules.ts';
import type { StatementFields } from './statement-columns.ts';

/** A movement as a statement tells it; the texts to the letter, `amount` in minor units. */
export type StatementRow = {
  readonly accountId: string;
  /** The booking day, "1993-01-31". */
  readonly date: string;
  /** The bank's own number of the movement: unique within the account. */
  readonly transactionId: string;
  readonly direction: 'deposit' | 'withdrawal';
  readonly amount: bigint;
  /** "operation: purpose", or what there is of it. */
  readonly description: string | undefined;
  /** "account/bank", or what there is of it. */
  readonly counterparty: string | undefined;
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const EARLIEST = '1900-01-01';
/** What no bank's number has in it: characters that nobody sees. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const MAX_ID_LENGTH = 100;
/** A bank's text may have lines and tabs; PostgreSQL has no NUL, and a terminal obeys the others. */
const CONTROL = /[\p{Cc}\p{Cs}]/u;

/**
 * Checks a row's fields and gives them the movement's shape. Throws INVALID_INPUT, INVALID_AMOUNT or
 * TEXT_TOO_LONG with the column, what is wrong with it and why that may be, before anything of the
 * row is written.
 */
export function parseStatementRow(fields: StatementFields, currency: string): StatementRow {
  const accountId = toAccountId(fields.account_id);
  if (accountId === undefined) {
    throw wrong('account_id', fields.account_id, 'not an account number');
  }
  const transactionId = fields.trans_id.trim();
  if (transactionId === '' || transactionId.length > MAX_ID_LENGTH || UNSEEN.test(transactionId)) {
    throw wrong('trans_id', transactionId, 'not a transaction number');
  }
  const direction = fields.direction.trim();
  if (direction !== 'deposit' && direction !== 'withdrawal') {
    throw wrong('direction', direction, 'neither deposit nor withdrawal');
  }
  return {
    accountId,
    date: parseDay(fields.date.trim()),
    transactionId,
    direction,
    amount: parseAmountText(fields.amount.trim(), currency),
    description: joinTexts('description', ': ', [fields.operation, fields.purpose]),
    counterparty: joinTexts('counterparty', '/', [
      fields.counterparty_account,
      fields.counterparty_bank,
    ]),
  };
}

/** 1993-02-30 is written like a day, but is none. */
function parseDay(text: string): string {
  if (!DATE.test(text)) {
    throw wrong('date', text, 'not a day like 1993-01-31');
  }
  const time = Date.parse(`${text}T00:00:00.000Z`);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) {
    throw wrong('date', text, 'no day of the calendar');
  }
  if (text < EARLIEST) {
    throw wrong('date', text, `before ${EARLIEST}`);
  }
  return text;
}

const DECIMAL_COMMA = /^[-+]?\d{1,3}(?:[. '’\u00a0\u202f]?\d{3})*,\d{1,2}$/;
const GROUPED = /^[-+]?\d{1,3}(?:[, '’\u00a0\u202f]\d{3})+(?:\.\d+)?$/;

function parseAmountText(text: string, currency: string): bigint {
  const amount = parseDecimal(text, currency);
  if (typeof amount === 'bigint') {
    const broken = checkAmount(amount, currency);
    if (broken) {
      throw new PlayheadError(broken.code, broken.message);
    }
    return amount;
  }
  if (DECIMAL_COMMA.test(text)) {
    const sentence = `amount “${text}” has a decimal comma: write a decimal point, and nothing between thousands.`;
    throw new PlayheadError('INVALID_AMOUNT', sentence);
  }
  if (GROUPED.test(text)) {
    const sentence = `amount “${text}” has signs between its thousands: write ${text.replaceAll(/[^\d.+-]/g, '')}.`;
    throw new PlayheadError('INVALID_AMOUNT', sentence);
  }
  throw new PlayheadError('INVALID_AMOUNT', amount.problem);
}

/** Texts that are there, as the bank wrote them. */
function joinTexts(field: string, between: string, texts: readonly string[]): string | undefined {
  const text = texts.filter((each) => each.trim() !== '').join(between);
  const control = CONTROL.exec(text.replace(/[\t\r\n]/g, ' '));
  if (control) {
    const point = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const sentence = `The ${field} has a control character (U+${point}) in it; such a text is not kept.`;
    throw new PlayheadError('INVALID_INPUT', sentence);
  }
  const tooLong = checkText(field, text);
  if (tooLong) {
    throw new PlayheadError(tooLong.code, tooLong.message);
  }
  return text === '' ? undefined : text;
}

function wrong(column: string, value: string, problem: string): PlayheadError {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return new PlayheadError('INVALID_INPUT', `${column} “${shown}” is ${problem}.`);
}
