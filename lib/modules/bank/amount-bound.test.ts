import { expect, test } from 'vitest';
import { readAmountBound } from './amount-bound.ts';

test.each([
  ['50', 5_000n],
  ['50.48', 5_048n],
  ['50,48', 5_048n],
  ['1,000', 100_000n],
  [' 1 000.5 eur ', 100_050n],
  ['1,234,567.89', 123_456_789n],
])('“%s” is an amount', (text, amount) => {
  expect(readAmountBound(text, 'EUR')).toBe(amount);
});

test.each(['fifty', '50.481', '-', '50 USD'])('“%s” is none', (text) => {
  expect(readAmountBound(text, 'EUR')).toHaveProperty('problem');
});
