import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { foldEvents, toInitial } from '#server/runtime/event-store/fold-events.ts';
import { getStateAt } from '#server/runtime/time-travel/get-state-at.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { secondsOf } from '../compare.ts';
import type { Figure, Result } from '../result.ts';
import { percentile, toSpread } from '../statistics.ts';
import { toSyntheticAccount, writeSyntheticEvents } from '../synthetic-events.ts';
import { withStores } from '../with-stores.ts';

/** How much slower the longest history may be than the shortest to count as flat. */
const FLAT = 2;

const AGGREGATE = toAccountAggregateId(toSyntheticAccount(0));

/**
 * The 95th percentile of the time that an account's state at a sequence takes, one after another at
 * sequences all over its history, while the history grows; and the same by reading and folding from
 * its first event on, at the end.
 */
export async function measureStateAt(
  { env }: Pick<BenchInstance, 'env'>,
  { lengths = [1_000, 10_000, 100_000], asked = 200, rounds = 3, askedBare = 5 } = {},
): Promise<Result> {
  return withStores(env, async ({ dynamo, store }) => {
    const figures: Figure[] = [];
    let written = 0;
    for (const length of lengths) {
      await writeSyntheticEvents(dynamo, { from: written, events: length, accounts: 1 });
      written = length;
      // A fold over all of it leaves the snapshots that commands would have left one by one.
      await store.load(AGGREGATE);
      const percentiles: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const p95 = await p95Of(asked, length, (sequence) =>
          getStateAt(store, AGGREGATE, sequence),
        );
        percentiles.push(p95);
      }
      const label = `p95 of ${length.toLocaleString('en')}`;
      figures.push({ label, unit: 'ms', ...toSpread(percentiles.slice(1)) });
    }
    const bare = await p95Of(askedBare, written, (sequence) => foldFromTheStart(store, sequence));
    const first = figures[0]?.median ?? Number.NaN;
    const last = figures.at(-1)?.median ?? Number.NaN;
    return {
      name: 'state-at',
      title: `State at any sequence, of ${written.toLocaleString('en')} events`,
      figures,
      against: [{ label: 'p95 without snapshots', unit: 'ms', ...toSpread([bare]) }],
      ratio: toSpread([bare / last]),
      limits: [
        { label: 'p95', value: last, unit: 'ms', bound: 'at most', limit: 50 },
        {
          label: 'longest / shortest',
          value: last / first,
          unit: '',
          bound: 'at most',
          limit: FLAT,
        },
      ],
    };
  });
}

/** In milliseconds, over `asked` sequences that are spread over the whole history, in no order. */
async function p95Of(
  asked: number,
  length: number,
  ask: (sequence: number) => Promise<unknown>,
): Promise<number> {
  const milliseconds: number[] = [];
  for (let index = 0; index < asked; index += 1) {
    // Steps of the golden section are spread evenly however many they are.
    const sequence = 1 + Math.floor(((index * 0.618_033_988_749) % 1) * length);
    milliseconds.push((await secondsOf(() => ask(sequence))) * 1_000);
  }
  return percentile(milliseconds, 0.95);
}

async function foldFromTheStart(store: EventStore, sequence: number) {
  const events = await store.read(AGGREGATE, { to: sequence });
  return foldEvents(accountAggregate, toInitial(accountAggregate), events.map(store.decode));
}
