import { NumberValue } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toExactNumber } from './exact-number.ts';

describe('toExactNumber', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    ['-12.50', -12.5],
    ['0.1', 0.1],
    ['1E+100', 1e100],
    ['1e-7', 1e-7],
    ['9007199254740991', 9007199254740991],
    ['100000000000000000000', 1e20],
  ])('has %s exactly', (text, number) => {
    expect(toExactNumber(text)).toBe(number);
  });

  it.each([
    '12345678901234567890.5',
    '12345678901234567890',
    '9007199254740993',
    '0.12345678901234567890123456789',
    '1.00000000000000000000000000001',
    '-9.9999999999999999999999999999999999999E+125',
  ])('keeps the digits of %s', (text) => {
    const value = toExactNumber(text);
    expect(value).toBeInstanceOf(NumberValue);
    expect(`${value}`).toBe(text);
  });

  it('reads every double as itself', () => {
    const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(anyDouble, (number) => Number(toExactNumber(`${number}`)) === number));
  });
});
