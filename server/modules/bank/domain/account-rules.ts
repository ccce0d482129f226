import { isCurrency } from '#lib/currencies.ts';
import { formatMoney, MAX_AMOUNT, MAX_BALANCE } from '#lib/money.ts';
import { type Rejection, reject } from '#server/runtime/commands/decision.ts';
import type { Timed } from './account-commands.ts';
import type { AccountState, OpenAccountState } from './account-state.ts';

/** Longest texts, in characters: an owner, and a description, counterparty or reason. */
export const MAX_OWNER_LENGTH = 100;
export const MAX_TEXT_LENGTH = 200;

/** How far ahead of the clock a booking time may be: clocks of two machines differ. */
const CLOCK_TOLERANCE_MS = 60_000;

/** How far the easternmost time zone is ahead of UTC. */
const EASTERNMOST_MS = 14 * 3_600_000;

/** An amount moved is positive, at most MAX_AMOUNT, in a known currency. */
export function checkAmount(amount: bigint, currency: string): Rejection | undefined {
  if (!isCurrency(currency)) {
    return reject('INVALID_INPUT', `“${currency}” is not an ISO 4217 currency.`, 'currency');
  }
  if (amount <= 0n) {
    const sentence = `An amount must be above zero; this one is ${formatMoney({ amount, currency })}.`;
    return reject('INVALID_AMOUNT', sentence, 'amount');
  }
  if (amount > MAX_AMOUNT) {
    const most = formatMoney({ amount: MAX_AMOUNT, currency });
    return reject('INVALID_AMOUNT', `One movement can be at most ${most}.`, 'amount');
  }
  return undefined;
}

/** A text is at most `limit` characters. */
export function checkText(
  field: string,
  text: string | undefined,
  limit = MAX_TEXT_LENGTH,
): Rejection | undefined {
  if (text !== undefined && text.length > limit) {
    const sentence = `The ${field} has ${text.length} characters; at most ${limit} are kept.`;
    return reject('TEXT_TOO_LONG', sentence, field);
  }
  return undefined;
}

/** The account, when it is open; else the rejection that says what it is instead. */
export function requireOpenAccount(
  accountId: string,
  state: AccountState,
  field = 'accountId',
): OpenAccountState | Rejection {
  switch (state.status) {
    case 'unopened':
      return reject('ACCOUNT_NOT_FOUND', `There is no account ${accountId}.`, field);
    case 'closed':
      return reject(
        'ACCOUNT_CLOSED',
        `Account ${accountId} was closed on ${state.closedAt.slice(0, 10)}.`,
        field,
      );
    case 'open':
      return state;
  }
}

/** The amount's currency is the account's. */
export function checkCurrency(
  accountId: string,
  state: OpenAccountState,
  currency: string,
): Rejection | undefined {
  if (currency !== state.currency) {
    return reject(
      'CURRENCY_MISMATCH',
      `Account ${accountId} is kept in ${state.currency}; the amount is in ${currency}.`,
      'amount',
    );
  }
  return undefined;
}

/** Money may leave down to the overdraft limit. */
export function checkFunds(
  accountId: string,
  state: OpenAccountState,
  amount: bigint,
): Rejection | undefined {
  const { balance, currency, overdraftLimit } = state;
  if (balance - amount < -overdraftLimit) {
    const money = (value: bigint) => formatMoney({ amount: value, currency });
    return reject(
      'OVERDRAFT_LIMIT_EXCEEDED',
      `Account ${accountId} has ${money(balance)} and an overdraft limit of ${money(overdraftLimit)}: ` +
        `${money(balance + overdraftLimit)} are available, ${money(amount)} were asked for.`,
      'amount',
    );
  }
  return undefined;
}

/** A balance stays below MAX_BALANCE, so that every store can hold it. */
export function checkRoom(
  accountId: string,
  state: OpenAccountState,
  amount: bigint,
): Rejection | undefined {
  if (state.balance + amount > MAX_BALANCE) {
    const most = formatMoney({ amount: MAX_BALANCE, currency: state.currency });
    return reject(
      'BALANCE_LIMIT_EXCEEDED',
      `Account ${accountId} can hold at most ${most}.`,
      'amount',
    );
  }
  return undefined;
}

/**
 * When the events take effect: now, or the last event's time where another machine's clock was ahead,
 * for time never runs backwards within an account. A booking time that was asked for must lie between
 * the accounts' last events and now, for history is never rewritten. A bank's booking date is a day:
 * it takes effect at that day's start in UTC, or right after the account's last event when that is
 * later, as of a row that comes late.
 */
export function effectiveTime(command: Timed, states: readonly AccountState[]): string | Rejection {
  const { at, bookedAt, bookingDate } = command;
  const last = states
    .map((state) => (state.status === 'unopened' ? '' : state.lastEventAt))
    .reduce(later, '');
  if (bookingDate !== undefined) {
    return effectiveDay(at, bookingDate, last);
  }
  if (bookedAt === undefined) {
    return later(at, last);
  }
  if (bookedAt < last) {
    return reject(
      'TIME_BEFORE_LAST_EVENT',
      `The booking time ${bookedAt} is before the account's last event at ${last}.`,
      'bookedAt',
    );
  }
  if (Date.parse(bookedAt) > Date.parse(at) + CLOCK_TOLERANCE_MS) {
    return reject(
      'TIME_IN_FUTURE',
      `The booking time ${bookedAt} is in the future; it is ${at} now.`,
      'bookedAt',
    );
  }
  return bookedAt;
}

/** A bank in the east books on a day that has not begun in UTC: that is now, and not the future. */
function effectiveDay(at: string, bookingDate: string, last: string): string | Rejection {
  const newest = new Date(Date.parse(at) + EASTERNMOST_MS).toISOString().slice(0, 10);
  if (bookingDate > newest) {
    return reject(
      'TIME_IN_FUTURE',
      `The booking date ${bookingDate} is in the future; it is ${at} now.`,
      'bookingDate',
    );
  }
  const start = `${bookingDate}T00:00:00.000Z`;
  return later(start < at ? start : at, last);
}

function later(a: string, b: string): string {
  return a < b ? b : a;
}
