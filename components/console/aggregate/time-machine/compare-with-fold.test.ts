import { expect, test } from 'vitest';
import { compareWithFold } from './compare-with-fold.ts';

const state = { balance: '300', status: 'open', openedAt: '2026-11-03T10:00:00Z' };

test('a field of both with another value is found', () => {
  expect(compareWithFold({ balance: '200', status: 'open' }, state)).toEqual(new Set(['balance']));
  expect(compareWithFold({ status: null }, state)).toEqual(new Set(['status']));
});

test('what is the same in another form, or in one of them only, is no difference', () => {
  const row = { balance: 300, openedAt: '2026-11-03T10:00:00.000Z', version: 4, closedAt: null };
  expect(compareWithFold(row, state)).toEqual(new Set());
});
