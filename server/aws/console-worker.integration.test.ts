import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, expect, it } from 'vitest';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { getLiveWorkers } from '#server/runtime/platform/worker-heartbeat.ts';
import { listLeases } from '#server/runtime/stream/lease-table.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { toLambdaStreamEvent } from '#server/testing/lambda-stream-event.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import { startWorker } from '#server/worker/start-worker.ts';
import { createJournalHandler } from './lambda/journal-handler.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const { store, openFresh, handler } = createTestWriteSide(dynamo);
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const worker = startWorker({
  env: parseEnv({
    DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
    TABLE_PREFIX: dynamo.tables.prefix,
    DATABASE_URL: postgres.url,
    STREAM_CONSUMERS: 'elsewhere',
  }),
  logger,
  registry: TEST_REGISTRY,
});

afterAll(async () => {
  await worker.stop();
  await handler.close();
  await postgres.close();
  dynamo.close();
});

it('leaves the stream to the functions, and brings the views up as soon as they have delivered', async () => {
  await worker.bound;
  await expect.poll(() => getLiveWorkers(dynamo, new Date())).toMatchObject([{ consumers: [] }]);
  const accountId = await openFresh();
  const { sql } = postgres;
  const [event] = await store.read(`account#${accountId}`);
  const record = { SequenceNumber: '1', NewImage: marshall(event) };
  const deliver = createJournalHandler({ dynamo, db: postgres.db, store, logger });
  await deliver(toLambdaStreamEvent([{ eventName: 'INSERT', dynamodb: record }]));
  const find = () => sql`SELECT version FROM accounts WHERE account_id = ${accountId}`;
  await expect.poll(find).toEqual([{ version: 1 }]);
  expect(await listLeases(dynamo, 'journal')).toEqual([]);
  expect(await listLeases(dynamo, 'hot-views')).toEqual([]);
});
