import {
  type FailedEvent,
  toFailedEvent,
} from '#server/runtime/dead-letters/record-dead-letter.ts';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import type { BatchError } from './apply-batch.ts';

/** So often an event is tried before it becomes a dead letter. */
export const MAX_ATTEMPTS = 3;

const BETWEEN_ATTEMPTS = { baseMs: 200, capMs: 2_000 };

/** Finds the events that are to blame when batches fail, by making the batches smaller. */
export type BatchBisection = {
  /** What to try next: so many events at most, and without these. */
  readonly next: () => { readonly limit: number; readonly failedEvents: readonly FailedEvent[] };
  readonly applied: (position: number) => void;
  /** Answers after how many milliseconds to try again; undefined when no event is to blame. */
  readonly failed: (error: BatchError) => number | undefined;
  /** The checkpoint is elsewhere: nothing is known any more. */
  readonly reset: () => void;
};

/**
 * A batch that fails as a whole is halved until one event is left: some ten transactions for a
 * thousand events, and what comes before the culprit is applied on the way. What fails by itself is
 * tried MAX_ATTEMPTS times, then the next batch makes a dead letter of it. Behind the culprit the
 * batches have their full size again.
 */
export function createBatchBisection(batchSize: number): BatchBisection {
  let limit = batchSize;
  /** The culprit is at this position or before it. */
  let until = 0;
  let failedEvents: readonly FailedEvent[] = [];
  let tries = 0;
  let triedPosition = 0;
  let firstFailedAt = new Date();

  function reset(): void {
    limit = batchSize;
    until = tries = 0;
    failedEvents = [];
  }

  return {
    next: () => ({ limit, failedEvents }),
    applied: (position) => {
      tries = 0;
      failedEvents = failedEvents.filter(({ event }) => event.position > position);
      limit = position < until ? Math.ceil((until - position) / 2) : batchSize;
    },
    failed: ({ suspects, errors }) => {
      const first = suspects[0];
      const last = suspects.at(-1);
      if (first === undefined || last === undefined) {
        return undefined;
      }
      if (toFailedEvent(first, errors[0], { attempts: 1, firstFailedAt }) === undefined) {
        return undefined;
      }
      if (errors.length < suspects.length) {
        until = last.position;
        limit = Math.ceil(suspects.length / 2);
        return 0;
      }
      if (triedPosition !== first.position || tries === 0) {
        triedPosition = first.position;
        tries = 0;
        firstFailedAt = new Date();
      }
      tries += 1;
      if (tries < MAX_ATTEMPTS) {
        return backoffMs(tries, BETWEEN_ATTEMPTS);
      }
      const found = suspects.flatMap((event, index) => {
        const attempts = { attempts: tries, firstFailedAt };
        return toFailedEvent(event, errors[index], attempts) ?? [];
      });
      failedEvents = [...failedEvents, ...found];
      tries = 0;
      return 0;
    },
    reset,
  };
}
