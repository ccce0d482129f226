import { setTimeout as sleep } from 'node:timers/promises';
import { PlayheadError } from '#lib/playhead-error.ts';

const INTERVAL_MS = 20;

/** What takes longer will not come any more. */
const TIMEOUT_MS = 240_000;

/** Resolves once `probe` says yes. Throws UNEXPECTED, naming `what` was awaited, after four minutes. */
export async function until(what: string, probe: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!(await probe())) {
    if (performance.now() > deadline) {
      throw new PlayheadError('UNEXPECTED', `Waited ${TIMEOUT_MS / 1_000} s for ${what} in vain.`);
    }
    await sleep(INTERVAL_MS);
  }
}
