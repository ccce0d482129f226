import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from './backoff.ts';
import { categorize } from './failure.ts';

const MAX_ATTEMPTS = 4;

/** Does it again after a transient error (a deadlock, a lost connection), some times; then throws it. */
export async function retryTransient<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || categorize(error) !== 'transient') {
        throw error;
      }
      await sleep(backoffMs(attempt, { baseMs: 100 }));
    }
  }
}
