import { expect, it } from 'vitest';
import { createSince } from './since.ts';

it('says how long something lasts, whatever is done to the clock', () => {
  let wallClock = Date.parse('2026-11-26T12:00:00.000Z');
  let monotonic = 5;
  const since = createSince(
    () => wallClock,
    () => monotonic,
  );
  expect(since.at()).toBeNull();
  since.begin();
  monotonic += 7_000;
  wallClock += 7_000;
  since.begin();
  expect(since.at()).toBe('2026-11-26T12:00:00.000Z');
  wallClock -= 2 * 86_400_000;
  expect(since.at()).toBe('2026-11-24T12:00:00.000Z');
  since.end();
  expect(since.at()).toBeNull();
});
