import { toAccountId } from '#lib/account-id.ts';
import { parseDecimal } from '#lib/money.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { checkAmount, checkText } from '#server/domain/account/account-rules.ts';
import type { StatementFields } from './statement-columns.ts';
import { describeMovement, toCounterparty } from './statement-texts.ts';

/** A movement as a statement tells it. `amount` is the decimal text, found to be right. */
export type StatementRow = {
  readonly accountId: string;
  /** The booking day, "1993-01-31". */
  readonly date: string;
  /** The bank's own number of the movement. */
  readonly transactionId: string;
  readonly direction: 'deposit' | 'withdrawal';
  readonly amount: string;
  readonly description: string | undefined;
  readonly counterparty: string | undefined;
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TRANSACTION_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Checks a row's fields and gives them the movement's shape. Throws INVALID_INPUT, INVALID_AMOUNT or
 * TEXT_TOO_LONG with the column and what is wrong with it, before anything of the row is written.
 */
export function parseStatementRow(fields: StatementFields, currency: string): StatementRow {
  const accountId = toAccountId(fields.account_id);
  if (accountId === undefined) {
    throw wrong('account_id', fields.account_id, 'not an account number');
  }
  if (!isDay(fields.date)) {
    throw wrong('date', fields.date, 'not a day like 1993-01-31');
  }
  if (!TRANSACTION_ID.test(fields.trans_id)) {
    throw wrong('trans_id', fields.trans_id, 'not a transaction number');
  }
  const { direction } = fields;
  if (direction !== 'deposit' && direction !== 'withdrawal') {
    throw wrong('direction', direction, 'neither deposit nor withdrawal');
  }
  checkAmountText(fields.amount, currency);
  const description = describeMovement(fields);
  const counterparty = toCounterparty(fields);
  const tooLong = checkText('description', description) ?? checkText('counterparty', counterparty);
  if (tooLong) {
    throw new PlayheadError(tooLong.code, tooLong.message);
  }
  return {
    accountId,
    date: fields.date,
    transactionId: fields.trans_id,
    direction,
    amount: fields.amount,
    description,
    counterparty,
  };
}

function checkAmountText(text: string, currency: string): void {
  const amount = parseDecimal(text, currency);
  if (typeof amount !== 'bigint') {
    throw new PlayheadError('INVALID_AMOUNT', amount.problem);
  }
  const broken = checkAmount(amount, currency);
  if (broken) {
    throw new PlayheadError(broken.code, broken.message);
  }
}

/** 1993-02-30 is written like a day, but is none. */
function isDay(text: string): boolean {
  const time = DATE.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function wrong(column: string, value: string, problem: string): PlayheadError {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return new PlayheadError('INVALID_INPUT', `${column} “${shown}” is ${problem}.`);
}
