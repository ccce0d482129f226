import { Counter, type Registry } from 'prom-client';

/** Upper bounds in seconds for what a person or a page waits for: 1 ms to 10 s. */
export const LATENCY_BUCKETS: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

export type RetryCounter = {
  /** `part` failed or was too late, and tries again. */
  readonly retried: (part: string) => void;
};

/**
 * The counter of retries that every process has. All `parts` are there from the start, at 0, so that
 * the first retry already shows as an increase.
 */
export function createRetryCounter(registry: Registry, parts: readonly string[]): RetryCounter {
  const counter = new Counter({
    name: 'playhead_retries_total',
    help: 'Attempts that failed and were repeated',
    labelNames: ['part'],
    registers: [registry],
  });
  for (const part of parts) {
    counter.inc({ part }, 0);
  }
  return { retried: (part) => counter.inc({ part }) };
}
