import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { createShardSource } from '#server/runtime/stream/shard-source.ts';
import { type BenchInstance, openBenchInstance } from '../bench-instance.ts';
import { compare, secondsOf } from '../compare.ts';
import type { Result } from '../result.ts';
import { percentile, toSpread } from '../statistics.ts';
import { withStores } from '../with-stores.ts';
import { AT_ONCE, createDepositor } from './depositor.ts';

const ACCOUNTS = 1_000;
const LAG_READS = 20;

/** So many commands are prepared at a time: a million promises at once are a gigabyte. */
const PORTION = 10_000;

/**
 * Commands a second behind a history of so many commands, against those behind the first thousand: on
 * two engines in turns, so that what else the machine does is in both figures.
 */
export async function measureCommandGrowth(
  { env }: Pick<BenchInstance, 'env'>,
  { commands = 100_000, perRound = 3_000, rounds = 9 } = {},
): Promise<Result> {
  const young = await openBenchInstance();
  try {
    return await withStores(env, (old) =>
      withStores(young.env, async (fresh) => {
        const [aged, begun] = [
          await createDepositor(old.store, ACCOUNTS),
          await createDepositor(fresh.store, ACCOUNTS),
        ];
        for (let left = commands - ACCOUNTS; left > 0; left -= PORTION) {
          await aged.deposit(Math.min(left, PORTION));
        }
        const compared = await compare({
          amount: perRound,
          rounds,
          unit: 'commands/s',
          playhead: async () => () => aged.deposit(perRound),
          bare: async () => () => begun.deposit(perRound),
        });
        const seconds: number[] = [];
        const source = createShardSource(old.dynamo);
        for (let read = 0; read < LAG_READS; read += 1) {
          seconds.push(await secondsOf(() => getConsumerLag(old.dynamo, new Date(), source)));
        }
        await Promise.all([aged.close(), begun.close()]);
        const lag = toSpread([percentile(seconds, 0.95) * 1_000]);
        return {
          name: 'command-growth',
          title: `Commands, ${AT_ONCE} at once, behind ${commands} commands`,
          figures: [...compared.figures, { label: 'p95 of reading the lag', unit: 'ms', ...lag }],
          against: compared.against.map((figure) => ({
            ...figure,
            label: `behind the first ${ACCOUNTS}`,
          })),
          ratio: compared.ratio,
          limits: [
            {
              label: 'ratio',
              value: compared.ratio.median,
              unit: '',
              bound: 'at least',
              limit: 0.9,
            },
          ],
        };
      }),
    );
  } finally {
    await young.close();
  }
}
