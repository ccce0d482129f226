import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import { groupBy } from '#lib/group-by.ts';
import { bankModule } from '#server/modules/bank/module.ts';
import { accountBalancesView } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { recentTransactionsView } from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { type HotItem, type HotView, hotTableOf } from '#server/runtime/hot-views/hot-view.ts';
import { createHotViews, toEntries } from '#server/runtime/hot-views/hot-views.ts';
import { createTables } from '#server/runtime/platform/create-tables.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { compare } from '../compare.ts';
import type { Result } from '../result.ts';
import { toSyntheticEvents } from '../synthetic-events.ts';
import { withStores } from '../with-stores.ts';

/** A page of the stream. */
const BATCH_SIZE = 1_000;

/** AWS's limit for one BatchWriteItem. */
const WRITE_SIZE = 25;

/** As many as both views' writers have under way together. */
const WRITES_AT_ONCE = 8;

type Put = { readonly table: string; readonly item: Record<string, unknown> };

/**
 * Events a second into both hot views, in batches as the stream brings them. The bare loop puts the
 * very items that each batch comes to, without a condition, into tables of its own; the folding is
 * not in its time.
 */
export async function measureHotViews(
  { env }: Pick<BenchInstance, 'env'>,
  { events = 10_000, accounts = 1_000, rounds = 5 } = {},
): Promise<Result> {
  const bareDynamo = createDynamo({ ...env, TABLE_PREFIX: 'bare-' });
  try {
    await createTables(bareDynamo.client, bareDynamo.tables, {
      hotViews: bankModule.hotViews,
    });
    return await withStores(env, async ({ dynamo, store }) => {
      const deliver = createHotViews({ dynamo, store, hotViews: bankModule.hotViews });
      const balances = createFolder(store, accountBalancesView, bareDynamo);
      const recent = createFolder(store, recentTransactionsView, bareDynamo);
      const batchesOf = (round: number) => {
        const range = { from: round * events, to: (round + 1) * events };
        const history = toSyntheticEvents(range, accounts);
        return Array.from({ length: Math.ceil(events / BATCH_SIZE) }, (_, batch) =>
          history.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE),
        );
      };
      const compared = await compare({
        amount: events,
        rounds,
        unit: 'events/s',
        playhead: async (round) => {
          const batches = batchesOf(round);
          return async () => {
            for (const batch of batches) {
              await deliver(batch);
            }
          };
        },
        bare: async (round) => {
          const batches = batchesOf(round).map((batch) => [...balances(batch), ...recent(batch)]);
          return async () => {
            for (const puts of batches) {
              await writeBare(bareDynamo, puts);
            }
          };
        },
      });
      return {
        name: 'hot-views',
        title: 'Hot views',
        ...compared,
        limits: [
          { label: 'ratio', value: compared.ratio.median, unit: '', bound: 'at least', limit: 0.5 },
        ],
      };
    });
  } finally {
    bareDynamo.close();
  }
}

/** Says which items of a view a batch comes to, after the batches before it. */
function createFolder<Item extends HotItem>(
  store: EventStore,
  view: HotView<Item>,
  { tables }: Dynamo,
) {
  const items = new Map<string, Item>();
  const table = hotTableOf(tables, view);
  return (batch: readonly StoredEvent[]): Put[] =>
    [...toEntries(store, batch)].flatMap(([aggregateId, entries]) => {
      const events = entries.flatMap(({ source }) =>
        'problem' in source ? [] : [store.decode(source)],
      );
      const item = view.fold(items.get(aggregateId), events);
      if (item === undefined) {
        return [];
      }
      items.set(aggregateId, item);
      return [{ table, item: view.toItem(item) }];
    });
}

async function writeBare({ documents }: Dynamo, puts: readonly Put[]): Promise<void> {
  const atOnce = pLimit(WRITES_AT_ONCE);
  const chunks = Array.from({ length: Math.ceil(puts.length / WRITE_SIZE) }, (_, chunk) =>
    puts.slice(chunk * WRITE_SIZE, (chunk + 1) * WRITE_SIZE),
  );
  await atOnce.map(chunks, (chunk) => {
    const byTable = groupBy(chunk, ({ table }) => table);
    const requests = [...byTable].map(([table, each]) => [
      table,
      each.map(({ item }) => ({ PutRequest: { Item: item } })),
    ]);
    const RequestItems = Object.fromEntries(requests);
    return documents.send(new BatchWriteCommand({ RequestItems }));
  });
}
