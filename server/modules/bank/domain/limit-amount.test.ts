import { expect, it } from 'vitest';
import { accept, reject } from '#server/runtime/commands/decision.ts';
import { NOW } from '#server/testing/given.ts';
import { limitAmount } from './limit-amount.ts';

const accepted = accept(NOW, 'account#A-1');
const movement = { at: NOW, amount: 1_000_000_01n, currency: 'EUR' };

it('refuses what is above the most that a single movement may be', () => {
  expect(limitAmount({ ...movement, amount: 1_000_000_00n }, accepted)).toBe(accepted);
  expect(limitAmount(movement, accepted)).toMatchObject({ code: 'AMOUNT_LIMIT', field: 'amount' });
});

it('leaves be what happened already, and what breaks another rule', () => {
  expect(limitAmount({ ...movement, bookedAt: NOW }, accepted)).toBe(accepted);
  const broken = reject('ACCOUNT_NOT_FOUND', 'There is no account A-1.');
  expect(limitAmount(movement, broken)).toBe(broken);
});
