import { backoffMs } from '#server/runtime/platform/backoff.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import type { Logger } from '#server/runtime/platform/logger.ts';
import { createSince } from '#server/runtime/platform/since.ts';

/** What is being retried, as a sentence, and since when (ISO 8601); both null when all is well. */
export type FaultStatus = { readonly error: string | null; readonly errorSince: string | null };

/** Keeps track of something that is retried without end. */
export type Fault = {
  /** Notes a failed attempt; answers after how many milliseconds to try again. */
  readonly note: (error: unknown) => number;
  /** Notes that it works (again). */
  readonly clear: () => void;
  readonly status: () => FaultStatus;
};

const RETRY = { baseMs: 100, capMs: 5_000 };

/**
 * Logs each new sentence under the title `what`, and the end of the fault: once, not per attempt.
 * `onAttempt` hears of every failed attempt.
 */
export function createFault(
  log: Pick<Logger, 'info' | 'warn'>,
  what: string,
  onAttempt?: () => void,
): Fault {
  let attempts = 0;
  let error: string | null = null;
  const since = createSince();
  return {
    note: (cause) => {
      const sentence = toErrorSentence(cause);
      attempts += 1;
      onAttempt?.();
      since.begin();
      if (sentence !== error) {
        error = sentence;
        log.warn({ error: sentence }, what);
      }
      return backoffMs(attempts, RETRY);
    },
    clear: () => {
      if (error !== null) {
        log.info({ errorSince: since.at() }, `${what}: works again`);
      }
      attempts = 0;
      error = null;
      since.end();
    },
    status: () => ({ error, errorSince: since.at() }),
  };
}
