import { Counter, type Registry } from 'prom-client';
import { getDroppedLogLines } from './log-destination.ts';

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

/** The counter of log lines that were dropped, which every process has: a full disk keeps no log. */
export function createDroppedLogLinesCounter(registry: Registry): void {
  new Counter({
    name: 'playhead_log_lines_dropped_total',
    help: 'Log lines that could not be written',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(getDroppedLogLines());
    },
  });
}
