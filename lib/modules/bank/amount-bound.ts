import { type AmountProblem, parseDecimal } from '#lib/money.ts';
import { readAmountText } from './amount-text.ts';

/**
 * Reads a bound of a range of amounts as people write it: "50", "50.48", "1,000", "1 000.50 EUR", or
 * "50,48" where the comma can only be a decimal one. Minor units of `currency`, exactly, or why it is none.
 */
export function readAmountBound(text: string, currency: string): bigint | AmountProblem {
  const { amount, currency: code } = readAmountText(text.replaceAll(/\s/g, ''), currency);
  if (code !== currency) {
    return { problem: `The amounts here are in ${currency}.` };
  }
  const isDecimalComma = /^\d+,\d{1,2}$/.test(amount);
  return parseDecimal(
    isDecimalComma ? amount.replace(',', '.') : amount.replaceAll(',', ''),
    currency,
  );
}
