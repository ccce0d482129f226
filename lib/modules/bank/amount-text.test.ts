import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENCY_CODES } from '#lib/currencies.ts';
import { formatMoney, parseDecimal } from '#lib/money.ts';
import { readAmountText } from './amount-text.ts';

describe('readAmountText', () => {
  it.each([
    ['12.50', { amount: '12.50', currency: 'EUR' }],
    ['  12.50 ', { amount: '12.50', currency: 'EUR' }],
    ['12.50 USD', { amount: '12.50', currency: 'USD' }],
    ['12.50usd', { amount: '12.50', currency: 'USD' }],
    ['USD 12.50', { amount: '12.50', currency: 'USD' }],
    ['usd-12.50', { amount: '-12.50', currency: 'USD' }],
    ['12.50\u00a0JPY', { amount: '12.50', currency: 'JPY' }],
    ['1,234.50 EUR', { amount: '1234.50', currency: 'EUR' }],
    ['1,234,567 JPY', { amount: '1234567', currency: 'JPY' }],
    ['12.50 ABC', { amount: '12.50', currency: 'ABC' }],
  ])('reads %j', (text, expected) => {
    expect(readAmountText(text, 'EUR')).toEqual(expected);
  });

  it.each(['1,234', '12,50', '1,23.40', '1,234.5', '12.50 EURO', 'twelve', '', 'EUR', '1e3'])(
    'leaves %j for the amount check to refuse',
    (text) => {
      const { amount, currency } = readAmountText(text, 'EUR');
      expect(parseDecimal(amount, currency)).toHaveProperty('problem');
    },
  );

  it('reads back every amount that the console writes', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 17n), 10n ** 17n),
        fc.constantFrom(...CURRENCY_CODES),
        (amount, currency) => {
          const read = readAmountText(formatMoney({ amount, currency }), 'XXX');
          expect(read.currency).toBe(currency);
          expect(parseDecimal(read.amount, currency)).toBe(amount);
        },
      ),
    );
  });
});
