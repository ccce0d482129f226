import { setTimeout as delay } from 'node:timers/promises';
import { importAccount } from '../account-steps.ts';
import { createPlace, runThere } from '../launched.ts';
import { runOpsAt } from '../run-ops.ts';

/** A Playhead with the demo bank and one account with a long history. */
export type BenchInstance = {
  readonly url: string;
  /** The long account's page. */
  readonly accountPath: string;
  readonly close: () => Promise<void>;
};

/** Starts the production build with the demo in a directory of its own, and imports the long account. */
export async function openBenchInstance(events: number): Promise<BenchInstance> {
  const place = await createPlace();
  const launched = runThere(place, 'start');
  const close = async () => {
    // The process group: npm, the launcher, and what it started.
    process.kill(-(launched.process.pid ?? 0), 'SIGTERM');
    await launched.exited;
    await place.remove();
  };
  try {
    await untilRunning(launched.output, launched.exited);
    console.log(`Importing an account of ${events.toLocaleString('en')} events`);
    const accountId = await importAccount(events, async (...args) => {
      const { code, out, err } = await runOpsAt(place.env, ...args);
      if (code !== 0) {
        throw new Error(`ops ${args.join(' ')} ended with ${code}: ${err}`);
      }
      return out;
    });
    return { url: `http://127.0.0.1:${place.port}`, accountPath: `/accounts/${accountId}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilRunning(output: () => string, exited: Promise<unknown>): Promise<void> {
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  while (!output().includes('Playhead is running at')) {
    if (hasExited) {
      throw new Error(`Playhead did not start:\n${output()}`);
    }
    await delay(200);
  }
}
