import { importAccount } from '../account-steps.ts';
import { createPlace } from '../launched.ts';
import { runOpsAt } from '../run-ops.ts';
import { type OwnPlayhead, startOwn } from '../start-own.ts';
import { fillFeed } from './fill-feed.ts';

export type BenchSize = {
  /** How many events the account with the long history has. */
  readonly history: number;
  /** How many events of other accounts are in the journal before all others; ten of each account. */
  readonly feed: number;
};

/** A Playhead with a large bank, the demo and one account with a long history. */
export type BenchInstance = OwnPlayhead & {
  /** The long account's page. */
  readonly accountPath: string;
};

/**
 * Fills a directory of its own with the large bank, starts the production build with the demo there, and
 * imports the long account.
 */
export async function openBenchInstance({ history, feed }: BenchSize): Promise<BenchInstance> {
  const place = await createPlace();
  console.log(`Filling the journal with ${feed.toLocaleString('en')} events`);
  await fillFeed(place.env, feed);
  const playhead = await startOwn(place);
  try {
    console.log(`Importing an account of ${history.toLocaleString('en')} events`);
    const accountId = await importAccount(history, async (...args) => {
      const { code, out, err } = await runOpsAt(place.env, ...args);
      if (code !== 0) {
        throw new Error(`ops ${args.join(' ')} ended with ${code}: ${err}`);
      }
      return out;
    });
    return { ...playhead, accountPath: `/accounts/${accountId}` };
  } catch (error) {
    await playhead.close();
    throw error;
  }
}
