import { expect, it } from 'vitest';
import { createRateMeter } from './rate-meter.ts';

it('measures the last ten seconds', () => {
  let now = 0;
  const measure = createRateMeter(() => now);
  const batchAt = (seconds: number, events: number) => {
    now = seconds * 1_000;
    return measure(events);
  };
  expect(batchAt(0, 100)).toBeNull();
  expect(batchAt(1, 300)).toBe(100);
  expect(batchAt(2, 500)).toBe(200);
  expect(batchAt(20, 10)).toBeCloseTo(500 / 18);
  expect(batchAt(21, 10)).toBeCloseTo(510 / 19);
  expect(batchAt(31, 10)).toBeCloseTo(20 / 11);
});

it('forgets what is long past, also after a pause', () => {
  let now = 0;
  const measure = createRateMeter(() => now);
  for (let second = 0; second <= 100; second += 1) {
    now = second * 1_000;
    measure(50);
  }
  now = 101_000;
  expect(measure(50)).toBeCloseTo(50);
  now = 1_000_000;
  expect(measure(50)).toBeCloseTo(50 / 899);
});
