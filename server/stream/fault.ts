import { backoffMs } from '#server/platform/backoff.ts';
import { toErrorSentence } from '#server/platform/error-sentence.ts';

/** What is being retried, as a sentence, and since when (ISO 8601); both null when all is well. */
export type FaultStatus = { readonly error: string | null; readonly errorSince: string | null };

/** Keeps account of something that is retried without end. */
export type Fault = {
  /** Notes a failed attempt; answers after how many milliseconds to try again. */
  readonly note: (error: unknown) => number;
  /** Notes that it works (again). */
  readonly clear: () => void;
  readonly status: () => FaultStatus;
};

const RETRY = { baseMs: 100, capMs: 5_000 };

/** `onChange` hears of each new sentence, and of null when the fault is over: once, not per attempt. */
export function createFault(onChange: (error: string | null) => void): Fault {
  let attempts = 0;
  let error: string | null = null;
  let errorSince: string | null = null;
  return {
    note: (cause) => {
      const sentence = toErrorSentence(cause);
      attempts += 1;
      errorSince ??= new Date().toISOString();
      if (sentence !== error) {
        error = sentence;
        onChange(sentence);
      }
      return backoffMs(attempts, RETRY);
    },
    clear: () => {
      if (error !== null) {
        onChange(null);
      }
      attempts = 0;
      error = errorSince = null;
    },
    status: () => ({ error, errorSince }),
  };
}
