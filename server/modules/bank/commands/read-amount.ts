import { z } from 'zod';
import { isCurrency } from '#lib/currencies.ts';
import { parseDecimal } from '#lib/money.ts';
import { refuseInput } from '#server/runtime/commands/parse-input.ts';

/**
 * A decimal text as minor units of `currency`. Refuses what is no amount about `field`
 * (INVALID_AMOUNT), and a currency that does not exist (INVALID_INPUT): its decimals are then
 * anybody's guess.
 */
export function readAmount(
  ctx: z.RefinementCtx,
  text: string,
  currency: string,
  field = 'amount',
): bigint {
  if (!isCurrency(currency)) {
    const message = `“${currency.slice(0, 40)}” is not an ISO 4217 currency.`;
    refuseInput(ctx, { code: 'INVALID_INPUT', message, field: 'currency' });
    return z.NEVER;
  }
  const amount = parseDecimal(text, currency);
  if (typeof amount !== 'bigint') {
    refuseInput(ctx, { code: 'INVALID_AMOUNT', message: amount.problem, field });
    return z.NEVER;
  }
  return amount;
}
