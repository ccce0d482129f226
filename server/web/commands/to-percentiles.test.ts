import { expect, it } from 'vitest';
import { toPercentiles } from './to-percentiles.ts';

it('says nothing of nothing', () => {
  expect(toPercentiles([])).toBeNull();
});

it('is of those that there are', () => {
  expect(toPercentiles([7])).toEqual({ commands: 1, p50: 7, p95: 7 });
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(toPercentiles(hundred)).toEqual({ commands: 100, p50: 50, p95: 95 });
});
