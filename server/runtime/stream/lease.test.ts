import { expect, it } from 'vitest';
import { CATCH_UP, TRIM_HORIZON } from './checkpoint.ts';
import { resumeAt } from './lease.ts';

const now = new Date('2026-03-02T12:00:00.000Z');
const lease = (checkpoint: string, updatedAt: string) => ({
  consumer: 'journal',
  shardId: 'a',
  owner: null,
  counter: 1,
  checkpoint,
  parents: [],
  updatedAt,
});

it('goes on where the lease says', () => {
  expect(resumeAt(lease('123', '2026-02-01T00:00:00.000Z'), now)).toBe('123');
  expect(resumeAt(lease(TRIM_HORIZON, '2026-03-02T11:00:00.000Z'), now)).toBe(TRIM_HORIZON);
});

it('catches up when a lease is from the future: the clock was set back', () => {
  expect(resumeAt(lease(TRIM_HORIZON, '2026-03-02T12:00:30.000Z'), now)).toBe(TRIM_HORIZON);
  expect(resumeAt(lease(TRIM_HORIZON, '2026-03-04T12:00:00.000Z'), now)).toBe(CATCH_UP);
});

it('catches up when a shard was left at its beginning for so long that it may be trimmed', () => {
  expect(resumeAt(lease(TRIM_HORIZON, '2026-03-01T12:00:00.000Z'), now)).toBe(CATCH_UP);
});
