import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENCY_CODES, currencyDigits } from './currencies.ts';
import { formatAmount, formatMoney, parseDecimal, toDecimal } from './money.ts';

describe('parseDecimal', () => {
  it.each([
    ['1234.50', 'EUR', 123_450n],
    [' 0.05 ', 'EUR', 5n],
    ['7', 'EUR', 700n],
    ['-7.5', 'EUR', -750n],
    ['+1', 'EUR', 100n],
    ['500', 'JPY', 500n],
    ['1.234', 'KWD', 1_234n],
    ['1.2345', 'CLF', 12_345n],
    ['123456789012345678', 'EUR', 12_345_678_901_234_567_800n],
  ])('reads “%s” %s', (text, currency, minor) => {
    expect(parseDecimal(text, currency)).toBe(minor);
  });

  it.each([
    ['1.005', 'EUR'],
    ['1.0000', 'KWD'],
    ['10.5', 'JPY'],
    ['1.0', 'JPY'],
  ])('never rounds “%s” %s', (text, currency) => {
    expect(parseDecimal(text, currency)).toEqual({
      problem: expect.stringMatching(new RegExp(`decimals, but ${currency} has \\d`)),
    });
  });

  it.each(['', '.5', '5.', '1,000.00', '1e3', '0x10', 'NaN', '--1', '1 000', '١٢'])(
    'says that “%s” is no amount',
    (text) => {
      expect(parseDecimal(text, 'EUR')).toEqual({
        problem: expect.stringContaining('is not an amount'),
      });
    },
  );

  it('says of a number that is too large that it is', () => {
    for (const text of ['1000000000000000000', '-1000000000000000000.00', '9'.repeat(200)]) {
      expect(parseDecimal(text, 'EUR')).toEqual({ problem: expect.stringMatching(/is too large/) });
    }
    expect(parseDecimal('1x', 'EUR')).toEqual({
      problem: expect.stringMatching(/is not an amount/),
    });
  });

  it('quotes a huge text in part only', () => {
    const answer = parseDecimal('x'.repeat(5_000), 'EUR');
    expect(typeof answer === 'object' && answer.problem.length < 120).toBe(true);
  });

  it('reads back what toDecimal wrote, in every currency', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
        fc.constantFrom(...CURRENCY_CODES),
        (minor, currency) => {
          expect(parseDecimal(toDecimal(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });
});

describe('toDecimal and formatMoney', () => {
  it.each([
    [12_345n, 'EUR', '123.45', '123.45 EUR'],
    [-5n, 'EUR', '-0.05', '-0.05 EUR'],
    [12_345n, 'JPY', '12345', '12,345 JPY'],
    [1_234_567_890n, 'KWD', '1234567.890', '1,234,567.890 KWD'],
    [0n, 'JPY', '0', '0 JPY'],
    [-100_000_000n, 'EUR', '-1000000.00', '-1,000,000.00 EUR'],
  ])('writes %d %s', (amount, currency, decimal, formatted) => {
    expect(toDecimal(amount, currency)).toBe(decimal);
    expect(formatMoney({ amount, currency })).toBe(formatted);
    expect(`${formatAmount(amount, currency)} ${currency}`).toBe(formatted);
  });

  it('groups by thousands without changing a digit', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.constantFrom('JPY', 'EUR', 'KWD'), (amount, currency) => {
        const formatted = formatAmount(amount, currency);
        expect(formatted.replaceAll(',', '')).toBe(toDecimal(amount, currency));
        expect(formatted.split('.')[0]).toMatch(/^-?\d{1,3}(,\d{3})*$/);
      }),
    );
  });
});

describe('currencies', () => {
  it('knows the decimals of ISO 4217', () => {
    expect(['JPY', 'EUR', 'CZK', 'KWD', 'CLF'].map(currencyDigits)).toEqual([0, 2, 2, 3, 4]);
  });

  it('lists every code once', () => {
    expect(new Set(CURRENCY_CODES).size).toBe(CURRENCY_CODES.length);
  });
});
