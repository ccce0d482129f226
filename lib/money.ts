import { currencyDigits } from './currencies.ts';

/** The largest amount of one movement, in minor units. */
export const MAX_AMOUNT = 10n ** 14n;

/** The largest balance or overdraft limit, in minor units; it fits PostgreSQL's bigint. */
export const MAX_BALANCE = 10n ** 17n;

/** An amount in minor units (cents, haléř, yen) with its ISO 4217 currency. */
export type Money = { readonly amount: bigint; readonly currency: string };

/** Why a text is not an amount in a currency. */
export type AmountProblem = { readonly problem: string };

const DECIMAL = /^([+-]?)(\d{1,18})(?:\.(\d+))?$/;
const TOO_LONG = /^[+-]?\d{19,}(\.\d+)?$/;

/**
 * Reads a decimal text ("1234.50") as minor units of `currency`, exactly: more decimals than the
 * currency has are a problem and never rounded. The sign is kept.
 */
export function parseDecimal(text: string, currency: string): bigint | AmountProblem {
  const match = DECIMAL.exec(text.trim());
  if (!match) {
    if (TOO_LONG.test(text.trim())) {
      return { problem: `“${shorten(text)}” is too large: an amount has at most 18 digits.` };
    }
    return { problem: `“${shorten(text)}” is not an amount: write digits like 1234.50.` };
  }
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = currencyDigits(currency);
  if (fraction.length > digits) {
    return {
      problem: `“${shorten(text)}” has ${fraction.length} decimals, but ${currency} has ${digits}.`,
    };
  }
  const minor = BigInt(whole) * 10n ** BigInt(digits) + BigInt(fraction.padEnd(digits, '0') || '0');
  return sign === '-' ? -minor : minor;
}

/** Minor units as a plain decimal text: 12345n EUR is "123.45", 12345n JPY is "12345". */
export function toDecimal(amount: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  const sign = amount < 0n ? '-' : '';
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  if (digits === 0) {
    return sign + text;
  }
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Minor units for people, grouped by thousands and with the currency: "1,234.50 EUR". */
export function formatMoney({ amount, currency }: Money): string {
  return `${formatAmount(amount, currency)} ${currency}`;
}

/** Minor units for people, grouped by thousands, without the currency: "1,234.50". */
export function formatAmount(amount: bigint, currency: string): string {
  const [whole = '', fraction] = toDecimal(amount, currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
