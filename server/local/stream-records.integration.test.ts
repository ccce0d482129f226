import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { createTables } from '#server/runtime/platform/create-tables.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { CONSUMERS } from '#server/runtime/stream/consumer-lag.ts';
import { createLease } from '#server/runtime/stream/lease-table.ts';
import { listShards } from '#server/runtime/stream/list-shards.ts';
import { readShard } from '#server/runtime/stream/read-shard.ts';
import { createStreamsApi, getStreamArn } from '#server/runtime/stream/streams-api.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { stopOrphans } from './child-records.ts';
import { startDynamoEngine } from './dynamo-engine.ts';
import { prepareStreamRecords, STREAM_CONSUMERS } from './stream-records.ts';

let dataDir = '';
const file = () => join(dataDir, 'dynamodb', 'data.sqlite');
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-stream-'));
});
afterEach(async () => {
  await stopOrphans(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

/** Runs the engine, does something with it, and stops it. */
async function run<Result>(work: (dynamo: Dynamo) => Promise<Result>): Promise<Result> {
  const engine = await startDynamoEngine({ dataDir });
  const dynamo = createDynamo({
    DYNAMODB_ENDPOINT: engine.endpoint,
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: 'playhead-',
  });
  try {
    return await work(dynamo);
  } finally {
    dynamo.close();
    await engine.stop();
  }
}

/** What the stream still has after a checkpoint, as sequence numbers. */
async function readAfter(dynamo: Dynamo, checkpoint: string): Promise<number[]> {
  const api = createStreamsApi(dynamo.streams);
  const streamArn = await getStreamArn(dynamo);
  const [shard] = await listShards(api, streamArn);
  const signal = new AbortController().signal;
  const position = { api, streamArn, shardId: shard?.shardId ?? '', checkpoint };
  for await (const page of readShard({ ...position, pollIntervalMs: 10, signal })) {
    return page.records.map(({ sequenceNumber }) => Number(sequenceNumber));
  }
  return [];
}

/** A store with events, of whose stream each consumer is at one of these checkpoints. */
async function fill(events: number, checkpoints: readonly string[]): Promise<void> {
  await run(async (dynamo) => {
    await createTables(dynamo.client, dynamo.tables);
    await appendHistory(
      createEventStore(dynamo, TEST_REGISTRY.aggregates),
      toSimpleHistory('A', events),
    );
    const [shard] = await listShards(createStreamsApi(dynamo.streams), await getStreamArn(dynamo));
    for (const [index, checkpoint] of checkpoints.entries()) {
      await createLease(dynamo, {
        consumer: CONSUMERS[index] ?? '',
        shardId: shard?.shardId ?? '',
        owner: null,
        counter: 1,
        checkpoint,
        parents: [],
        updatedAt: new Date().toISOString(),
      });
    }
  });
}

it('knows every consumer of the stream', () => {
  expect(STREAM_CONSUMERS).toEqual(CONSUMERS);
});

it('trims what is older than a day and behind every consumer, and nothing is lost or given twice', async () => {
  await fill(60, ['50', '41']);
  expect(await prepareStreamRecords(file())).toBe(0);
  expect(await prepareStreamRecords(file(), inDays(2))).toBe(40);
  expect(await prepareStreamRecords(file(), inDays(2))).toBe(0);
  await run(async (dynamo) => {
    expect(await readAfter(dynamo, '41')).toEqual(Array.from({ length: 19 }, (_, n) => 42 + n));
    expect(await readAfter(dynamo, 'TRIM_HORIZON')).toHaveLength(20);
    await appendHistory(
      createEventStore(dynamo, TEST_REGISTRY.aggregates),
      toSimpleHistory('B', 2),
    );
    expect(await readAfter(dynamo, '60')).toEqual([61, 62]);
  });
});

it('leaves the newest record, of which the engine counts on', async () => {
  await fill(30, ['30', '30']);
  expect(await prepareStreamRecords(file(), inDays(2))).toBe(29);
  await run(async (dynamo) => {
    await appendHistory(
      createEventStore(dynamo, TEST_REGISTRY.aggregates),
      toSimpleHistory('B', 2),
    );
    expect(await readAfter(dynamo, '30')).toEqual([31, 32]);
  });
});

it.each([
  ['a consumer that is at no record', ['30', 'TRIM_HORIZON']],
  ['a consumer that catches up', ['30', 'CATCH_UP']],
  ['a consumer that never ran', ['30']],
])('trims nothing beside %s', async (_what, checkpoints) => {
  await fill(30, checkpoints);
  expect(await prepareStreamRecords(file(), inDays(2))).toBe(0);
});

it('works after a kill of the engine, and of whoever was at it before', async () => {
  await fill(30, ['20', '25']);
  const engine = await startDynamoEngine({ dataDir });
  process.kill(engine.pid, 'SIGKILL');
  await engine.exited;
  await mkdir(`${file()}.lock`);
  expect(await prepareStreamRecords(file(), inDays(2))).toBe(19);
});

it('gives an older file the index that answers DescribeStream', async () => {
  await fill(5, []);
  const before = new sqlite.Database(file());
  before.exec(
    `PRAGMA locking_mode = EXCLUSIVE; DROP INDEX playhead_stream_records;
     CREATE INDEX playhead_stream_shard ON _stream_records (table_name, shard_id)`,
  );
  before.close();
  await prepareStreamRecords(file());
  const after = new sqlite.Database(file());
  after.exec('PRAGMA locking_mode = EXCLUSIVE');
  const plan = after.all(
    `EXPLAIN QUERY PLAN SELECT MIN(sequence_number), MAX(sequence_number) FROM _stream_records
     WHERE table_name = 'x' AND shard_id = 'y'`,
  );
  after.close();
  expect(JSON.stringify(plan)).toContain('USING COVERING INDEX playhead_stream_records');
  expect(await run((dynamo) => readAfter(dynamo, 'TRIM_HORIZON'))).toHaveLength(5);
});
