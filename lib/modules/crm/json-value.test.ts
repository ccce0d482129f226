import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { jsonValueSchema } from './json-value.ts';

const outcomeOf = (schema: z.ZodType, value: unknown) => {
  const { success, data } = schema.safeParse(value);
  return success ? { data } : 'refused';
};

it('takes and gives what z.json() does, for whatever it is asked', () => {
  const oneOf = fc.oneof(
    fc.jsonValue(),
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
    fc.constantFrom<unknown>(Number.NaN, JSON.parse('{"a":{"__proto__":1,"b":[{}]}}')),
  );
  fc.assert(
    fc.property(oneOf, (value) => {
      expect(outcomeOf(jsonValueSchema, value)).toEqual(outcomeOf(z.json(), value));
    }),
  );
});
