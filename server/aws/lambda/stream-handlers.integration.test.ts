import { type _Record, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { groupBy } from '#lib/group-by.ts';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { hotTableOf } from '#server/runtime/hot-views/hot-view.ts';
import { pauseHotViews, resumeHotViews } from '#server/runtime/hot-views/pause-hot-views.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { TRIM_HORIZON } from '#server/runtime/stream/checkpoint.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { listShards } from '#server/runtime/stream/list-shards.ts';
import { getIterator } from '#server/runtime/stream/read-shard.ts';
import { createStreamsApi, getStreamArn } from '#server/runtime/stream/streams-api.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import { tableNameOf } from '#server/runtime/views/table-name-of.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import { toDemoEvents } from '#server/testing/demo-events.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
  type TestPostgres,
} from '#server/testing/engines.ts';
import { toLambdaStreamEvent } from '#server/testing/lambda-stream-event.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { deposited, opened, toHistory } from '#server/testing/sample-events.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { spawnWorker } from '#server/testing/worker-process.ts';
import { FUNCTION_RIGHTS, type TableRights } from '../function-rights.ts';
import type { StreamAnswer } from './deliver-stream-event.ts';
import { createHotViewsHandler } from './hot-views-handler.ts';
import { createJournalHandler } from './journal-handler.ts';
import { runProjections } from './run-projections.ts';

const { views, hotViews, aggregates } = FULL_REGISTRY;
const STREAM_FUNCTIONS = ['stream-to-journal', 'stream-to-hot-views', 'project-journal'] as const;
const dynamo = await createTestDynamo();
const byWorker = await createTestPostgres();
const byLambda = await createTestPostgres();
const store = createEventStore(dynamo, aggregates);
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const PATIENT = { timeout: 40_000, interval: 50 };

afterAll(async () => {
  await Promise.all([byWorker.close(), byLambda.close()]);
  dynamo.close();
});

/** A client of its own for a function, and what that asks of which table. */
function openWatched() {
  const own = createDynamo({
    DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: dynamo.tables.prefix,
  });
  const asked = new Set<string>();
  own.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        for (const [table = ''] of JSON.stringify(args.input).matchAll(/t[0-9a-f]{8}-[a-z-]+/g)) {
          asked.add(
            `${commandName?.replace(/Command$/, '')} ${table.slice(dynamo.tables.prefix.length)}`,
          );
        }
        return next(args);
      },
    { step: 'initialize' },
  );
  return { dynamo: own, store: createEventStore(own, aggregates), asked };
}

type Handler = (event: unknown) => Promise<StreamAnswer>;

const openJournal = (db = byLambda.db) => createJournalHandler({ dynamo, db, store, logger });
const openHotViews = () => createHotViewsHandler({ dynamo, store, hotViews, logger });

/** Delivers a batch as an event source mapping does: again from the record that the answer names. */
async function deliver(handler: Handler, batch: readonly _Record[]): Promise<void> {
  for (let rest = batch; rest.length > 0; ) {
    const { batchItemFailures } = await handler(toLambdaStreamEvent(rest));
    const failed = batchItemFailures.map(({ itemIdentifier }) =>
      rest.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
    );
    rest = failed.length === 0 ? [] : rest.slice(Math.min(...failed));
  }
}

/** Everything in the table's stream, in its order. */
async function readStream(): Promise<_Record[]> {
  const api = createStreamsApi(dynamo.streams);
  const streamArn = await getStreamArn(dynamo);
  const records: _Record[] = [];
  for (const { shardId } of await listShards(api, streamArn)) {
    const position = { api, streamArn, shardId, checkpoint: TRIM_HORIZON };
    let iterator = await getIterator(position);
    for (let found = 1; found > 0 && iterator !== undefined; ) {
      const answer = await dynamo.streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
      records.push(...(answer.Records ?? []));
      found = answer.Records?.length ?? 0;
      iterator = answer.NextShardIterator;
    }
  }
  return records;
}

/** As AWS splits a table: all items of a partition key are in one shard, in their order. */
function toShards(records: readonly _Record[], shards: number): _Record[][] {
  const keyOf = ({ dynamodb }: _Record) => dynamodb?.Keys?.aggregateId?.S ?? '';
  const shardOf = (record: _Record) =>
    [...keyOf(record)].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % shards;
  return [...groupBy(records, shardOf).values()];
}

/** Of clocks, of the order in which aggregates and an item's names came, and of source files. */
const OWN_TO_DELIVERY = [
  ...['position', 'ingested_at', 'first_failed_at', 'last_failed_at', 'raw_item', 'stack'],
  ...['firstFailedAt', 'lastFailedAt', 'rawItem'],
];

async function dumpPostgres({ sql }: TestPostgres) {
  const tables = views.flatMap((view) => view.tables.map((table) => table.in(LIVE_SCHEMA)));
  const names = ['journal', 'journal_aggregates', 'dead_letters', ...tables.map(tableNameOf)];
  const rows = await Promise.all(
    names.map(async (name) => {
      const found = await sql<{ row: string }[]>`
        SELECT (to_jsonb(t) - ${OWN_TO_DELIVERY}::text[])::text AS row FROM ${sql(name)} AS t
      `;
      return [name, found.map(({ row }) => row).sort()] as const;
    }),
  );
  return Object.fromEntries(rows);
}

const itemsSchema = z.array(z.record(z.string(), z.unknown())).default([]);

const HOT_TABLES = [
  ...hotViews.map((view) => hotTableOf(dynamo.tables, view)),
  dynamo.tables.deadLetters,
];

async function scan(TableName: string) {
  const { Items } = await dynamo.documents.send(new ScanCommand({ TableName }));
  return itemsSchema.parse(Items);
}

/** Without what is a delivery's own, and with names in one order: DynamoDB has none. */
function toComparable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(toComparable);
  }
  return Object.entries(value)
    .filter(([name]) => !OWN_TO_DELIVERY.includes(name))
    .map(([name, each]) => [name, toComparable(each)])
    .sort(([a], [b]) => (`${a}` < `${b}` ? -1 : 1));
}

async function dumpHotViews() {
  const dumps = await Promise.all(
    HOT_TABLES.map(async (table) => {
      const items = await scan(table);
      return [table, items.map((item) => JSON.stringify(toComparable(item))).sort()] as const;
    }),
  );
  return Object.fromEntries(dumps);
}

async function emptyHotViews(): Promise<void> {
  const keys = [...hotViews.map(({ key }) => [key]), ['projection', 'aggregateId']];
  for (const [index, TableName] of HOT_TABLES.entries()) {
    for (const item of await scan(TableName)) {
      const Key = Object.fromEntries((keys[index] ?? []).map((name) => [name, item[name]]));
      await dynamo.documents.send(new DeleteCommand({ TableName, Key }));
    }
  }
}

const put = (Item: Record<string, unknown>) =>
  dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item }));

/** Every module's events, one of a newer program, one that is none, and one that is deleted again. */
async function fillEventStore(): Promise<void> {
  const [first, ...rest] = await appendHistory(store, toDemoEvents(FULL_REGISTRY));
  const last = rest.findLast(({ aggregateId }) => aggregateId.startsWith('account#'));
  if (first === undefined || last === undefined) {
    throw new Error('The demo has no accounts.');
  }
  await put({
    ...first,
    aggregateId: 'account#NEWER',
    eventSequence: 1,
    eventType: 'NobodyKnows',
    eventId: 'newer-1',
  });
  await put({ aggregateId: last.aggregateId, eventSequence: last.eventSequence + 1, eventId: 'b' });
  const Key = { aggregateId: 'no event’s key', eventSequence: 1 };
  await put(Key);
  await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.events, Key }));
}

async function runWorker() {
  const worker = spawnWorker({
    dynamo,
    dynamodbEndpoint: getTestDynamoEndpoint(),
    databaseUrl: byWorker.url,
  });
  await vi.waitFor(async () => {
    for (const row of await getConsumerLag(dynamo, new Date())) {
      expect(row, worker.log()).toMatchObject({ eventsBehind: 0, atLeast: false });
    }
    const { head, projections } = await getProjectionLag(byWorker.db, views);
    expect(head).toBeGreaterThan(100);
    expect(projections.map(({ eventsBehind }) => eventsBehind)).toEqual(views.map(() => 0));
  }, PATIENT);
  await worker.end('SIGTERM');
}

const project = (timeoutMs = 30_000) =>
  runProjections({
    dynamo,
    postgres: byLambda,
    store,
    views,
    workerId: `run-${Math.random()}`,
    timeoutMs,
    logger,
  });

it('comes to the same as the worker, over shards, duplicates and several functions at once', async () => {
  await fillEventStore();
  await runWorker();
  const expected = { postgres: await dumpPostgres(byWorker), hot: await dumpHotViews() };
  expect(expected.postgres.dead_letters).not.toEqual([]);
  await emptyHotViews();

  const [batches] = fc.sample(
    fc.tuple(...toShards(await readStream(), 3).map((shard) => anyRedeliveryOf(shard))),
    { numRuns: 1, seed: 7 },
  );
  expect(batches).toHaveLength(3);
  await Promise.all(
    (batches ?? []).map(async (shard) => {
      // Each shard has functions of its own, which know nothing of the others'.
      const handlers = [openJournal(), openHotViews()];
      for (const batch of shard) {
        await Promise.all(handlers.map((handler) => deliver(handler, batch)));
      }
    }),
  );
  await project();
  expect(await dumpHotViews()).toEqual(expected.hot);
  expect(await dumpPostgres(byLambda)).toEqual(expected.postgres);
});

it('says that functions read the stream, and that nobody can count what they have not read', async () => {
  const unknown = { shardId: '*', status: 'running', eventsBehind: null, worker: null };
  expect(await getConsumerLag(dynamo, new Date())).toMatchObject([
    { name: 'journal', ...unknown },
    { name: 'hot-views', ...unknown },
  ]);
});

it('names the first record of a batch that the database cannot take now, and takes it later', async () => {
  const proxy = await createTcpProxy(byLambda.url);
  const postgres = createPostgres({ DATABASE_URL: proxy.url }, { application: 'test', max: 1 });
  try {
    const handler = openJournal(postgres.db);
    const batch = (await readStream()).slice(0, 20);
    const event = toLambdaStreamEvent(batch);
    const itemIdentifier = batch[0]?.dynamodb?.SequenceNumber;
    proxy.cut();
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier }] });
    proxy.restore();
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
  } finally {
    await postgres.close();
    await proxy.close();
  }
});

it('delivers what comes before a record that cannot be read, and names that one', async () => {
  await appendHistory(store, toHistory('BEFORE', [opened()]));
  const another = (await readStream()).at(-1) ?? expect.fail();
  const poison = { eventName: 'INSERT' as const, dynamodb: { SequenceNumber: '2' } };
  const behind = { ...another, dynamodb: { ...another.dynamodb, SequenceNumber: '3' } };
  const event = toLambdaStreamEvent([another, poison, behind]);
  for (const handler of [openJournal(), openHotViews()]) {
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  }
  const { sql } = byLambda;
  expect(await sql`SELECT FROM journal WHERE aggregate_id = 'account#BEFORE'`).toHaveLength(1);
});

it('has what Lambda gave up from the event store, when the next event of its aggregate comes', async () => {
  const given = await appendHistory(store, toHistory('GIVEN-UP', [opened(), deposited(5n)]));
  const next = (await readStream()).slice(-1);
  for (const handler of [openJournal(), openHotViews()]) {
    expect(await handler(toLambdaStreamEvent(next))).toEqual({ batchItemFailures: [] });
  }
  const { sql } = byLambda;
  const rows = await sql`SELECT event_id FROM journal WHERE aggregate_id = 'account#GIVEN-UP'`;
  expect(rows.map(({ event_id }) => event_id)).toEqual(given.map(({ eventId }) => eventId));
  expect(await getAccountBalance(dynamo, 'GIVEN-UP')).toMatchObject({ balance: '5', sequence: 2 });
});

it('asks of DynamoDB what its role allows, and nothing else', async () => {
  const fresh = await createTestPostgres();
  const watched = {
    'stream-to-journal': openWatched(),
    'stream-to-hot-views': openWatched(),
    'project-journal': openWatched(),
  };
  // Without the first events, which then come from the event store.
  const event = toLambdaStreamEvent((await readStream()).slice(9));
  try {
    await emptyHotViews();
    const { db } = fresh;
    await createJournalHandler({ ...watched['stream-to-journal'], db, logger })(event);
    await createHotViewsHandler({ ...watched['stream-to-hot-views'], hotViews, logger })(event);
    const run = { postgres: fresh, views, workerId: 'watched', timeoutMs: 30_000, logger };
    await runProjections({ ...watched['project-journal'], ...run });
  } finally {
    await fresh.close();
  }
  const hot = new Set(hotViews.map(({ name }) => name));
  for (const name of STREAM_FUNCTIONS) {
    const { asked, dynamo: own } = watched[name];
    own.close();
    const rights: TableRights = FUNCTION_RIGHTS[name];
    const refused = [...asked].filter((each) => {
      const [command = '', table = ''] = each.split(' ');
      // A transaction needs the right to what is in it: all of these are puts.
      const action = command === 'TransactWriteItems' ? 'PutItem' : command;
      return !rights[hot.has(table) ? 'hot-views' : table]?.includes(action);
    });
    expect(asked.size).toBeGreaterThan(1);
    expect(refused, name).toEqual([]);
  }
});

it('leaves hot views alone while they are paused', async () => {
  const batch = (await readStream()).slice(0, 5);
  await pauseHotViews(dynamo, { actor: 'olga', reason: 'Ticket 7' });
  const itemIdentifier = batch[0]?.dynamodb?.SequenceNumber;
  const handler = openHotViews();
  expect(await handler(toLambdaStreamEvent(batch))).toEqual({
    batchItemFailures: [{ itemIdentifier }],
  });
  await resumeHotViews(dynamo, { actor: 'olga' });
  expect(await handler(toLambdaStreamEvent(batch))).toEqual({ batchItemFailures: [] });
});

it('says of a projection that does not get on why, and lets the others come to the end', async () => {
  const [first = expect.fail()] = views;
  const { sql } = byLambda;
  await sql`UPDATE projections SET version = version + 1 WHERE name = ${first.name}`;
  await expect(project()).rejects.toThrow(`The tables of ${first.name} hold version`);
  await sql`UPDATE projections SET version = version - 1 WHERE name = ${first.name}`;
  await project();
  const { projections } = await getProjectionLag(byLambda.db, views);
  expect(projections.map(({ eventsBehind }) => eventsBehind)).toEqual(views.map(() => 0));
});
