import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { BatchError } from './apply-batch.ts';
import { createBatchBisection, MAX_ATTEMPTS } from './batch-bisection.ts';

const journal: JournalEvent[] = toSimpleHistory('A', 3_000).map((event, index) => ({
  ...toStoredEvent(event),
  position: index + 1,
}));

/** Runs batches over the journal like a projector does; events in `bad` fail on every attempt. */
function run(bad: readonly number[], { unreadable = false } = {}) {
  const bisection = createBatchBisection(1_000);
  const dead: { position: number; attempts: number }[] = [];
  let position = 0;
  let batches = 0;
  while (position < journal.length) {
    batches += 1;
    const { limit, failedEvents = [] } = bisection.next();
    const batch = journal.slice(position, position + limit);
    const given = new Map(
      failedEvents.map((failedEvent) => [failedEvent.event.position, failedEvent]),
    );
    const failing = batch.filter(
      (event) => bad.includes(event.position) && !given.has(event.position),
    );
    if (failing.length > 0) {
      const errors = failing.map(() => new Error('no'));
      const error = unreadable
        ? new BatchError(failing, errors)
        : new BatchError(batch, errors.slice(0, 1));
      expect(bisection.failed(error)).toBeLessThan(2_000);
      continue;
    }
    for (const event of batch) {
      const failedEvent = given.get(event.position);
      if (failedEvent) {
        dead.push({ position: event.position, attempts: failedEvent.attempts });
      }
    }
    position += batch.length;
    bisection.applied(position);
  }
  return { dead, batches };
}

const asDead = (positions: readonly number[]) =>
  positions.map((position) => ({ position, attempts: MAX_ATTEMPTS }));

describe('a bisection', () => {
  it.each([[[1]], [[700]], [[1_000]], [[1_001]], [[3_000]], [[5, 6, 2_999]]])(
    'finds %j by halving, and only them',
    (bad) => {
      const { dead, batches } = run(bad);
      expect(dead).toEqual(asDead(bad));
      expect(batches).toBeLessThan(3 + bad.length * 30);
    },
  );

  it('takes all that cannot be read in a batch at once', () => {
    const bad = Array.from({ length: 200 }, (_, index) => index * 15 + 1);
    const { dead, batches } = run(bad, { unreadable: true });
    expect(dead).toEqual(asDead(bad));
    expect(batches).toBe(3 * (MAX_ATTEMPTS + 1));
  });

  it('has nobody to blame for what passes', () => {
    const bisection = createBatchBisection(10);
    const lost = Object.assign(new Error('lost'), { code: 'ECONNRESET' });
    expect(bisection.failed(new BatchError(journal.slice(0, 10), [lost]))).toBeUndefined();
    expect(bisection.next()).toEqual({ limit: 10, failedEvents: [] });
  });
});
