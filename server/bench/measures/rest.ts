import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { createToken } from '#server/runtime/tokens/manage-tokens.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { compare } from '../compare.ts';
import type { Result } from '../result.ts';
import { percentile, toSpread } from '../statistics.ts';
import { until } from '../until.ts';
import { withStores } from '../with-stores.ts';
import { AT_ONCE, createDepositor, doAll, toAccountIndex } from './depositor.ts';
import { createRestClient } from './rest-client.ts';

const READS_PER_SECOND = 200;

/** A token may ask 1,000 times a second: a client of many requests has several. */
const TOKENS = 8;

/**
 * Deposits over the API of a web server in a process of its own, 16 at once over connections that are kept,
 * against the same deposits by a command handler in this process. Then reads of one account at a steady
 * rate while a worker runs, whatever becomes of those before: each is timed from when it should be sent.
 */
export async function measureRest(
  { env, startWeb, startWorker }: BenchInstance,
  { commands = 2_000, accounts = 1_000, rounds = 9, readRounds = 3, seconds = 10 } = {},
): Promise<Result> {
  return withStores(env, async ({ store, postgres }) => {
    const depositor = await createDepositor(store, accounts);
    await depositor.open('R');
    const tokens = await createTokens(postgres.db);
    const { web, port } = await startWeb();
    const client = createRestClient(port, AT_ONCE);
    const tokenOf = (index: number) => tokens[index % tokens.length] ?? '';
    const pathOf = (index: number) => `/accounts/R${toAccountIndex(index, accounts)}`;

    const compared = await compare({
      amount: commands,
      rounds,
      unit: 'commands/s',
      playhead: async (round) => () =>
        doAll(commands, (index) =>
          client.askWell({
            method: 'POST',
            path: `${pathOf(round * commands + index)}/deposits`,
            token: tokenOf(index),
            body: { amount: '12.34', currency: 'EUR' },
          }),
        ),
      bare: async () => () => depositor.deposit(commands),
    });
    await depositor.close();
    client.close();

    const reader = createRestClient(port, Number.POSITIVE_INFINITY);
    const read = (index: number) => ({
      method: 'GET' as const,
      path: pathOf(index),
      token: tokenOf(index),
    });
    const worker = await startWorker();
    await doAll(accounts, (index) =>
      until('an account', async () => (await reader.ask(read(index))).status === 200),
    );
    const measured: number[][] = [];
    for (let round = 0; round <= readRounds; round += 1) {
      const milliseconds = await atSteadyRate(seconds * READS_PER_SECOND, (index) =>
        reader.askWell(read(index)),
      );
      if (round > 0) {
        measured.push(milliseconds);
      }
    }
    reader.close();
    await worker.stop();
    await web.stop();
    const p50 = toSpread(measured.map((round) => percentile(round, 0.5)));
    const p99 = toSpread(measured.map((round) => percentile(round, 0.99)));
    return {
      name: 'rest',
      title: `Commands over REST, ${AT_ONCE} at once, and reads at ${READS_PER_SECOND}/s`,
      figures: [
        ...compared.figures,
        { label: 'p50 of a read', unit: 'ms', ...p50 },
        { label: 'p99 of a read', unit: 'ms', ...p99 },
      ],
      against: compared.against,
      ratio: compared.ratio,
      limits: [
        { label: 'ratio', value: compared.ratio.median, unit: '', bound: 'at least', limit: 0.6 },
        { label: 'p99 of a read', value: p99.median, unit: 'ms', bound: 'at most', limit: 50 },
      ],
    };
  });
}

async function createTokens(db: Db): Promise<string[]> {
  const made = Array.from({ length: TOKENS }, (_, index) => {
    const scopes = ['bank:commands', 'bank:view'];
    const expiresAt = new Date(Date.now() + 86_400_000);
    return createToken(db, { name: `bench-${index}`, scopes, expiresAt }, { actor: 'bench' });
  });
  return Promise.all(made);
}

/** Each piece of work begins when it is due; answers the milliseconds from then to its end. */
async function atSteadyRate(
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const start = performance.now();
  const done: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = start + (index * 1_000) / READS_PER_SECOND;
    await sleep(Math.max(0, due - performance.now()));
    done.push(work(index).then(() => performance.now() - due));
  }
  return Promise.all(done);
}
