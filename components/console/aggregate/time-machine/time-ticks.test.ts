import { expect, test } from 'vitest';
import { toTimeTicks } from './time-ticks.ts';

const buckets = (...times: (string | null)[]) =>
  times.map((at, index) => ({ from: index * 10 + 1, to: index * 10 + 10, at, types: {} }));

const labels = (times: (string | null)[], most = 8) =>
  toTimeTicks(buckets(...times), most, 'utc').map(({ sequence, label }) => [sequence, label]);

test('a long history is told by days, evenly, from its first event to its last part', () => {
  const days = Array.from({ length: 9 }, (_, day) => `2026-11-0${day + 1}T10:00:00.000Z`);
  expect(labels(days, 3)).toEqual([
    [1, '1 Nov 2026'],
    [41, '5 Nov 2026'],
    [81, '9 Nov 2026'],
  ]);
});

test('a short one is told by times, with the day where it changes', () => {
  expect(
    labels(['2026-11-01T23:58:00.000Z', '2026-11-01T23:59:00.000Z', '2026-11-02T00:01:00.000Z']),
  ).toEqual([
    [1, '1 Nov 2026, 23:58:00'],
    [11, '23:59:00'],
    [21, '2 Nov 2026, 00:01:00'],
  ]);
});

test('what says the same again is left out, and so is what is not known', () => {
  const at = '2026-11-01T10:00:00.000Z';
  expect(labels([at, at, null])).toEqual([[1, '1 Nov 2026, 10:00:00']]);
  expect(labels([null])).toEqual([]);
});
