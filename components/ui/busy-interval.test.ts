import { expect, it } from 'vitest';
import { ApiError } from './api-client.ts';
import { toBusyInterval } from './busy-interval.ts';

const busy = new ApiError('TOO_MANY_SEARCHES', 'Too many.', 429, { retryAfterMs: 1_000 });
const refused = { data: undefined, error: busy, errorUpdateCount: 1, errorUpdatedAt: 5_000 };

it('asks again when a busy server said, later each time, up to a bound', () => {
  const pauses = [1, 2, 3, 4, 5].map((errorUpdateCount) =>
    toBusyInterval({ state: { ...refused, errorUpdateCount } }),
  );
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
  expect(toBusyInterval({ state: { ...refused, errorUpdatedAt: 5_500 } })).toBe(1_250);
});

it('asks again for nothing else, and not while an answer is shown', () => {
  const other = new ApiError('QUERY_TIMED_OUT', 'Too long.', 504);
  expect(toBusyInterval({ state: { ...refused, error: other } })).toBe(false);
  expect(toBusyInterval({ state: { ...refused, error: null } })).toBe(false);
  expect(toBusyInterval({ state: { ...refused, data: {} } })).toBe(false);
});
