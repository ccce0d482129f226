import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, expect, it } from 'vitest';
import { putHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { createStreamsDouble } from '#server/testing/streams-double.ts';
import { CATCH_UP, SHARD_END } from './checkpoint.ts';
import { getConsumerLag } from './consumer-lag.ts';
import { createLease, listLeases } from './lease-table.ts';
import { createShardSource } from './shard-source.ts';

const dynamo = await createTestDynamo();
const now = new Date();

afterAll(() => dynamo.close());
afterEach(async () => {
  for (const { consumer, shardId } of await listLeases(dynamo, 'journal')) {
    const Key = { consumer, shardId };
    await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.leases, Key }));
  }
  const Key = { workerId: 'worker-1' };
  await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.workers, Key }));
});

const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();

function setUp(events: readonly string[]) {
  const streams = createStreamsDouble();
  streams.addShard('a');
  const numbers = events.map((timestamp, n) => streams.write('a', { n, timestamp }));
  const source = createShardSource(dynamo, { api: streams.api, getArn: async () => 'arn' });
  const lag = async () => {
    const rows = await getConsumerLag(dynamo, now, source);
    return rows.filter(({ name }) => name === 'journal');
  };
  return { streams, numbers, lag };
}

const lease = (shardId: string, checkpoint: string) =>
  createLease(dynamo, {
    consumer: 'journal',
    shardId,
    owner: 'worker-1',
    counter: 1,
    checkpoint,
    parents: [],
    updatedAt: now.toISOString(),
  });

const heartbeat = (error: string | null, seconds = 0) =>
  putHeartbeat(dynamo, {
    workerId: 'worker-1',
    pid: 1,
    startedAt: now.toISOString(),
    seenAt: now.toISOString(),
    consumers: [
      {
        name: 'journal',
        shardId: 'a',
        lastEventAt: null,
        caughtUp: false,
        error,
        errorSince: error && ago(seconds),
      },
    ],
    projectors: [],
  });

it('counts everything for a consumer that never ran, and calls it down', async () => {
  const { lag } = setUp([ago(90), ago(60)]);
  expect(await lag()).toMatchObject([
    { shardId: 'a', status: 'down', checkpoint: null, eventsBehind: 2, atLeast: false },
  ]);
});

it('counts from the checkpoint on; nothing behind it is zero', async () => {
  const { numbers, lag } = setUp([ago(90), ago(60), ago(30)]);
  await lease('a', numbers[0] ?? '');
  await heartbeat(null);
  expect(await lag()).toMatchObject([{ status: 'running', eventsBehind: 2, error: null }]);
  const all = setUp([ago(90)]);
  expect((await all.lag())[0]?.eventsBehind).toBe(0);
  expect((await all.lag())[0]?.secondsBehind).toBe(0);
});

it('measures the age by the event, but not when it was entered with a time long past', async () => {
  const precise = setUp([new Date(now.getTime() + 900).toISOString()]);
  expect((await precise.lag())[0]?.secondsBehind).toBe(0);
  const imported = setUp(['1995-03-24T00:00:00.000Z']);
  expect((await imported.lag())[0]?.secondsBehind).toBeLessThan(60);
});

it('shows the error of the worker that reads the shard, and when it lasts', async () => {
  const { lag } = setUp([]);
  await lease('a', '1');
  await heartbeat('the read model is down', 9);
  expect(await lag()).toMatchObject([{ status: 'running', error: 'the read model is down' }]);
  await heartbeat('the read model is down', 10);
  expect(await lag()).toMatchObject([{ status: 'stuck', error: 'the read model is down' }]);
});

it('cuts the count short after two pages', async () => {
  const { lag } = setUp(Array.from({ length: 2_300 }, () => ago(1)));
  expect(await lag()).toMatchObject([{ eventsBehind: 2_000, atLeast: true }]);
});

it('says that nobody knows when it cannot count', async () => {
  const { streams, numbers, lag } = setUp([ago(9), ago(8)]);
  await lease('a', numbers[0] ?? '');
  streams.trim('a');
  expect(await lag()).toMatchObject([{ eventsBehind: null, atLeast: true, secondsBehind: null }]);
});

it('is behind while it catches up from the event store', async () => {
  const { lag } = setUp([]);
  await lease('a', CATCH_UP);
  expect(await lag()).toMatchObject([{ eventsBehind: 1, atLeast: true, secondsBehind: null }]);
});

it('leaves finished shards out, and counts shards that nobody has taken yet', async () => {
  const { streams, lag } = setUp([]);
  await lease('a', SHARD_END);
  streams.split('a', ['b', 'c']);
  streams.write('c', { timestamp: ago(1) });
  expect((await lag()).map(({ shardId, eventsBehind }) => [shardId, eventsBehind])).toEqual([
    ['b', 0],
    ['c', 1],
  ]);
});

it('lists the shards once for all who ask, and anew when the leases tell of others', async () => {
  const { streams, lag } = setUp([ago(9)]);
  await lease('a', '1');
  await Promise.all([lag(), lag(), lag()]);
  await lag();
  expect(streams.requests.describeStream).toBe(1);
  await lease('b', '1');
  streams.addShard('b');
  expect((await lag()).map(({ shardId }) => shardId)).toEqual(['a', 'b']);
  await lag();
  expect(streams.requests.describeStream).toBe(2);
  await lease('c', SHARD_END);
  streams.addShard('c');
  streams.split('c', ['d', 'e']);
  streams.write('d', { timestamp: ago(1) });
  expect((await lag()).map(({ shardId, eventsBehind }) => [shardId, eventsBehind])).toContainEqual([
    'd',
    1,
  ]);
});

it('counts on the real stream of the events table', async () => {
  expect(await getConsumerLag(dynamo, now)).toMatchObject([
    { name: 'journal', eventsBehind: 0, status: 'down' },
    { name: 'hot-views', eventsBehind: 0, status: 'down' },
  ]);
});
