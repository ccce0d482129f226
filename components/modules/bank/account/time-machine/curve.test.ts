import { expect, test } from 'vitest';
import { balanceRange, pointAt } from './curve.ts';

const points = [1, 5, 9].map((sequence) => ({
  sequence,
  at: '2026-11-03T10:00:00.000Z',
  balance: `${sequence * 100}`,
}));

test.each([
  [0, undefined],
  [1, 1],
  [4, 1],
  [5, 5],
  [9, 9],
  [100, 9],
])('at sequence %s the curve stands at its point %s', (sequence, expected) => {
  expect(pointAt(points, sequence)?.sequence).toBe(expected);
});

test('the range holds zero and is never empty', () => {
  expect(balanceRange(points)).toEqual([0, 900]);
  expect(balanceRange([])).toEqual([0, 1]);
  expect(balanceRange(points.map((point) => ({ ...point, balance: '-50' })))).toEqual([-50, 0]);
});
