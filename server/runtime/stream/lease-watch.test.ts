import { expect, it } from 'vitest';
import type { Lease } from './lease.ts';
import { createLeaseWatch } from './lease-watch.ts';

const lease = (counter: number): Lease => ({
  consumer: 'journal',
  shardId: 'a',
  owner: 'other',
  counter,
  checkpoint: '1',
  parents: [],
  // Another machine's clock, far off: it must not matter.
  updatedAt: '1999-01-01T00:00:00.000Z',
});

it('calls a lease expired when its counter stood still for the duration, by its own clock', () => {
  let now = 0;
  const watch = createLeaseWatch(4_000, () => now);
  const seen = (counter: number, at: number) => {
    now = at;
    watch.see([lease(counter)]);
    return watch.isExpired(lease(counter));
  };
  expect(seen(1, 0)).toBe(false);
  expect(seen(1, 3_999)).toBe(false);
  expect(seen(2, 4_000)).toBe(false);
  expect(seen(2, 7_999)).toBe(false);
  expect(seen(2, 8_000)).toBe(true);
  expect(seen(3, 8_001)).toBe(false);
});

it('does not judge a lease that it has never seen', () => {
  expect(createLeaseWatch(0).isExpired(lease(1))).toBe(false);
});
