import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toAttributes } from './to-attributes.ts';

it('writes every value of JSON as its attribute, and nothing is lost on the way', () => {
  const anyItem = fc.dictionary(fc.string(), fc.jsonValue(), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(anyItem, (item) => {
      fc.pre(!JSON.stringify(item).includes('__proto__'));
      expect(fromAttribute({ M: toAttributes(item) })).toEqual(JSON.parse(JSON.stringify(item)));
    }),
  );
});

it('leaves out what is undefined, and refuses what JSON has not', () => {
  expect(toAttributes({ a: undefined, b: { c: undefined, d: 1.5, e: [null, true] } })).toEqual({
    b: { M: { d: { N: '1.5' }, e: { L: [{ NULL: true }, { BOOL: true }] } } },
  });
  expect(() => toAttributes({ a: 1n })).toThrow(/bigint/);
});

function fromAttribute({ S, N, BOOL, L, M }: AttributeValue): unknown {
  if (M !== undefined) {
    return Object.fromEntries(
      Object.entries(M).map(([name, value]) => [name, fromAttribute(value)]),
    );
  }
  return S ?? BOOL ?? L?.map(fromAttribute) ?? (N === undefined ? null : Number(N));
}
