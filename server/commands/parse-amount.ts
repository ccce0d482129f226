import { isCurrency } from '#lib/currencies.ts';
import { parseDecimal } from '#lib/money.ts';
import { PlayheadError } from '#lib/playhead-error.ts';

/**
 * A decimal text as minor units of `currency`. Throws INVALID_AMOUNT about `field`, and
 * INVALID_INPUT for a currency that does not exist: its decimals are then anybody's guess.
 */
export function parseAmount(text: string, currency: string, field = 'amount'): bigint {
  if (!isCurrency(currency)) {
    const sentence = `“${currency.slice(0, 40)}” is not an ISO 4217 currency.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'currency' });
  }
  const amount = parseDecimal(text, currency);
  if (typeof amount !== 'bigint') {
    throw new PlayheadError('INVALID_AMOUNT', amount.problem, { field });
  }
  return amount;
}
