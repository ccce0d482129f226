import { z } from 'zod';

/**
 * The codec of an amount: a bigint in memory, a text of digits of the form `pattern` where it is stored,
 * for DynamoDB's numbers end at 38 digits, JSON's at 15.
 */
export function toMinorUnits(pattern: RegExp) {
  return z.codec(z.string().regex(pattern), z.bigint(), {
    decode: (text) => BigInt(text),
    encode: String,
  });
}
