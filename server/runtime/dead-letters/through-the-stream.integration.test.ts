import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, it } from 'vitest';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { CATCH_UP } from '#server/runtime/stream/checkpoint.ts';
import { createLease } from '#server/runtime/stream/lease-table.ts';
import { listShards } from '#server/runtime/stream/list-shards.ts';
import { createStreamsApi, getStreamArn } from '#server/runtime/stream/streams-api.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { startStreamConsumers } from '#server/testing/stream-consumers.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { retryDeadLetters } from './retry-dead-letters.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const TIMEOUT = { timeout: 20_000, interval: 20 };

afterAll(() => postgres.close());

const [good = [], bad = []] = ['GOOD', 'BAD'].map((id) =>
  toSimpleHistory(id, 6).map(toStoredEvent),
);

const journal = async () =>
  (await sql`SELECT aggregate_id, event_sequence FROM journal_aggregates ORDER BY 1`).map(
    (row) => `${row.aggregate_id}/${row.event_sequence}`,
  );
it.each(['the stream', 'the event store, where the stream has lost it'])(
  'an item that is no event makes its account wait, when it comes from %s',
  async (source) => {
    await sql`TRUNCATE journal, journal_aggregates, journal_head, dead_letters`;
    const dynamo = await createTestDynamo();
    const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
    const put = (item: Record<string, unknown>) =>
      dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item: item }));
    const balances = async () => [
      (await getAccountBalance(dynamo, 'BAD'))?.sequence,
      (await getAccountBalance(dynamo, 'GOOD'))?.sequence,
    ];
    for (const [index, event] of good.entries()) {
      await put({ ...event });
      await put(index === 2 ? { ...bad[2], causationId: '' } : { ...bad[index] });
    }
    if (source !== 'the stream') {
      const [shard] = await listShards(
        createStreamsApi(dynamo.streams),
        await getStreamArn(dynamo),
      );
      await createLease(dynamo, {
        consumer: 'journal',
        shardId: shard?.shardId ?? '',
        owner: null,
        counter: 1,
        checkpoint: CATCH_UP,
        parents: [],
        updatedAt: new Date().toISOString(),
      });
    }
    const consumers = startStreamConsumers({ dynamo, store, db });
    await expect.poll(journal, TIMEOUT).toEqual(['account#BAD/2', 'account#GOOD/6']);
    await expect.poll(balances, TIMEOUT).toEqual([2, 6]);
    const deps = { db, dynamo, store, registered: TEST_REGISTRY };
    const found = async () =>
      (await listDeadLetters(deps)).groups.map(
        ({ projection, waiting }) => `${projection}: ${waiting}`,
      );
    await expect
      .poll(found, TIMEOUT)
      .toEqual(['journal: 3', 'account-balances: 3', 'recent-transactions: 3']);
    expect(consumers.flatMap((consumer) => consumer.status().map(({ error }) => error))).toEqual([
      null,
      null,
    ]);

    await put({ ...bad[2] });
    expect(await retryDeadLetters(deps, {}, { actor: 'olga' })).toMatchObject({ settled: 3 });
    expect(await journal()).toEqual(['account#BAD/6', 'account#GOOD/6']);
    expect(await balances()).toEqual([6, 6]);
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    dynamo.close();
  },
);
