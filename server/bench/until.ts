import { setTimeout as sleep } from 'node:timers/promises';
import { PlayheadError } from '#lib/playhead-error.ts';

const INTERVAL_MS = 20;

/** What takes longer will not come any more. */
const TIMEOUT_MS = 240_000;

/** Resolves once `probe` says yes. Throws UNEXPECTED, naming `what` was awaited, after four minutes or the given time. */
export async function until(
  what: string,
  probe: () => Promise<boolean>,
  timeoutMs = TIMEOUT_MS,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await probe())) {
    if (performance.now() > deadline) {
      throw new PlayheadError('UNEXPECTED', `Waited ${timeoutMs / 1_000} s for ${what} in vain.`);
    }
    await sleep(INTERVAL_MS);
  }
}
