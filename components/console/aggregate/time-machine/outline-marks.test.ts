import { expect, test } from 'vitest';
import { rankTypes, toBands } from './outline-marks.ts';

const bucket = (from: number, types: Record<string, number>) => ({
  from,
  to: from,
  at: null,
  types,
});

test('the most frequent type comes first, and types beyond the colours share one', () => {
  const marks = rankTypes([
    bucket(1, { Opened: 1, Paid: 4 }),
    bucket(2, { Paid: 3, A: 1, B: 1, C: 1 }),
  ]);
  expect(marks.map(({ type, count }) => [type, count])).toEqual([
    ['Paid', 7],
    ['A', 1],
    ['B', 1],
    ['C', 1],
    ['Opened', 1],
  ]);
  expect(new Set(marks.map(({ colour }) => colour)).size).toBe(5);
});

test('a mark is filled by its types, and a rare one is still seen', () => {
  const marks = rankTypes([bucket(1, { Paid: 499, Closed: 1 })]);
  const [paid, closed] = toBands(bucket(1, { Paid: 499, Closed: 1 }), marks);
  expect(paid?.from).toBe(0);
  expect(closed?.from).toBe(paid?.to);
  expect(closed?.to).toBeCloseTo(100);
  expect((closed?.to ?? 0) - (closed?.from ?? 0)).toBeGreaterThan(15);
});

test('a bucket without an event has no mark', () => {
  expect(toBands(bucket(3, {}), rankTypes([bucket(1, { Paid: 1 })]))).toEqual([]);
});
