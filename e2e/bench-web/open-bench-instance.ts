import { setTimeout as delay } from 'node:timers/promises';
import { fillLargeBank } from '#server/bench/large-bank.ts';
import { openInstance } from '#server/local/open-instance.ts';
import { MODULES } from '#server/modules/index.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { importAccount } from '../account-steps.ts';
import { createPlace, runThere } from '../launched.ts';
import { runOpsAt } from '../run-ops.ts';

export type BenchSize = {
  /** How many events the account with the long history has. */
  readonly history: number;
  /** How many events of other accounts are in the journal before all others; ten of each account. */
  readonly feed: number;
};

/** A Playhead with a large bank, the demo and one account with a long history. */
export type BenchInstance = {
  readonly url: string;
  /** The long account's page. */
  readonly accountPath: string;
  readonly close: () => Promise<void>;
};

/**
 * Fills a directory of its own with the large bank, starts the production build with the demo there, and
 * imports the long account.
 */
export async function openBenchInstance({ history, feed }: BenchSize): Promise<BenchInstance> {
  const place = await createPlace();
  await fillFeed(place.env, feed);
  const launched = runThere(place, 'start');
  const close = async () => {
    // The process group: npm, the launcher, and what it started.
    process.kill(-(launched.process.pid ?? 0), 'SIGTERM');
    await launched.exited;
    await place.remove();
  };
  try {
    await untilRunning(launched.output, launched.exited);
    console.log(`Importing an account of ${history.toLocaleString('en')} events`);
    const accountId = await importAccount(history, async (...args) => {
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

async function fillFeed(env: Readonly<Record<string, string>>, events: number): Promise<void> {
  console.log(`Filling the journal with ${events.toLocaleString('en')} events`);
  const registry = createRegistry(MODULES);
  const instance = await openInstance(env, () => {}, { mayBegin: true, registry });
  const postgres = createPostgres(instance.env, { application: 'playhead-bench', max: 2 });
  try {
    await fillLargeBank(postgres.db, { events, accounts: events / 10 });
  } finally {
    await postgres.close();
    await instance.close();
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
