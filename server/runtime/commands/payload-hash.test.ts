import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandPayload, hashPayload, isHashOf, type PayloadValue } from './payload-hash.ts';

/** Values of few shapes, so that two of them are the same at times. */
const { value: anyValue } = fc.letrec<{ value: PayloadValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('', '1', '1n', 'null', '{"a":1}', '\u2028"\\'),
    fc.constantFrom(0, 1, 1.5, 1e300),
    fc.constantFrom(0n, 1n, 10n ** 40n),
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', ''), tie('value'), { noNullPrototype: true }),
  ),
}));
const anyPayload = fc.dictionary(fc.string(), anyValue, { maxKeys: 5, noNullPrototype: true });

/** The same value, with the members of every map in the other order. */
function turned(value: PayloadValue): PayloadValue {
  if (Array.isArray(value)) {
    return value.map(turned);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([name, part]) => [name, turned(part ?? null)]);
  return Object.fromEntries(entries.reverse());
}

describe('hashPayload', () => {
  const payload = { accountId: 'A', amount: 120n, description: 'rent' };
  const hash = hashPayload('Deposit', payload);

  it('is the same for the same meaning', () => {
    expect(
      hashPayload('Deposit', {
        description: 'rent',
        counterparty: undefined,
        amount: 120n,
        accountId: 'A',
      }),
    ).toBe(hash);
    expect(hash).toMatch(/^2:[0-9a-f]{64}$/);
  });

  it.each([
    ['another command', 'Withdraw', payload],
    ['another value', 'Deposit', { ...payload, amount: 121n }],
    ['another field', 'Deposit', { accountId: 'A', amount: 120n, counterparty: 'rent' }],
    ['a field less', 'Deposit', { accountId: 'A', amount: 120n }],
    ['values that run together', 'Deposit', { ...payload, accountId: 'A,120', amount: 0n }],
    ['a text for a bigint', 'Deposit', { ...payload, amount: '120' }],
    ['a number for a bigint', 'Deposit', { ...payload, amount: 120 }],
    ['a text that looks like a bigint', 'Deposit', { ...payload, amount: '120n' }],
  ])('differs for %s', (_, type, other) => {
    expect(hashPayload(type, other)).not.toBe(hash);
  });

  it.each<[string, PayloadValue, PayloadValue]>([
    ['the order of a list', [1, 2], [2, 1]],
    ['a list within a list', [[1], 2], [[1, 2]]],
    ['a list and a map', ['a'], { 0: 'a' }],
    ['nothing and null', {}, { a: null }],
    ['null and its text', null, 'null'],
    ['a boolean and its text', true, 'true'],
    ['a map and its text', { a: 1 }, '{"a":1}'],
    ['a bigint deep inside', [{ a: [{ b: 1n }] }], [{ a: [{ b: 1 }] }]],
  ])('tells %s apart', (_, one, other) => {
    expect(hashPayload('Test', { value: one })).not.toBe(hashPayload('Test', { value: other }));
  });

  it('does not depend on the order of names, at any depth', () => {
    fc.assert(
      fc.property(anyPayload, (any) => {
        const other: CommandPayload = { value: turned(any) };
        expect(hashPayload('Test', other)).toBe(hashPayload('Test', { value: any }));
      }),
    );
  });

  it('is the same for two values if and only if they are the same', () => {
    const hashOf = (value: PayloadValue) => hashPayload('Test', { value });
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(hashOf(a) === hashOf(b)).toBe(isDeepStrictEqual(a, b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('throws at a number that JSON has not', () => {
    expect(() => hashPayload('Test', { list: [Number.NaN] })).toThrow(/the number NaN/);
  });
});

describe('isHashOf', () => {
  const payload = { accountId: 'A', amount: 120n, description: 'rent' };

  it('knows the hashes that it makes', () => {
    expect(isHashOf(hashPayload('Deposit', payload), 'Deposit', payload)).toBe(true);
    expect(isHashOf(hashPayload('Deposit', payload), 'Withdraw', payload)).toBe(false);
  });

  it('knows those of records that the version before has left', () => {
    const recorded = '3b2cfc48d7370f8aac649dfe7f69c8dd19382d983740a1dfa08419a8ffcffcbb';
    expect(isHashOf(recorded, 'Deposit', payload)).toBe(true);
    expect(isHashOf(recorded, 'Deposit', { ...payload, amount: 121n })).toBe(false);
  });
});
