import { afterAll, afterEach, expect, it } from 'vitest';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { type Consumer, createConsumer } from '#server/runtime/stream/consumer.ts';
import { LEASE_CHANGES } from '#server/runtime/stream/consumer-observer.ts';
import { injectFaults, sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo, getTestDynamoEndpoint } from '#server/testing/engines.ts';
import { readFrom } from '#server/testing/read-metric.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createStreamsDouble } from '#server/testing/streams-double.ts';
import { createWorkerMetrics, type WorkerMetrics } from './worker-metrics.ts';

const dynamo = await createTestDynamo();
const flaky = createDynamo({
  DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
  AWS_REGION: 'us-east-1',
  TABLE_PREFIX: dynamo.tables.events.replace(/events$/, ''),
});
let isCut = false;
injectFaults(flaky, () =>
  isCut ? { lose: 'request', error: sdkError('TimeoutError') } : undefined,
);
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const running: Consumer[] = [];

afterEach(async () => {
  isCut = false;
  await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
});
afterAll(() => {
  flaky.close();
  dynamo.close();
});

const TIMEOUT = { timeout: 20_000, interval: 10 };
const streams = createStreamsDouble();
streams.addShard('a');

function start(workerId: string, on: Dynamo) {
  const metrics = createWorkerMetrics(TEST_REGISTRY.views);
  const consumer = createConsumer({
    dynamo: on,
    name: 'journal',
    workerId,
    receiver: {
      parse: () => ({ timestamp: '2026-01-01T00:00:00.000Z' }),
      deliver: async () => {},
      readAll: async function* () {},
    },
    logger,
    observer: metrics.observeConsumer('journal'),
    pollIntervalMs: 5,
    leaseSettings: { leaseMs: 300, renewMs: 50, checkpointMs: 10, listShardsMs: 60_000 },
    streams: { api: streams.api, getArn: async () => 'arn' },
  });
  running.push(consumer);
  return { consumer, metrics };
}

async function changesOf(metrics: WorkerMetrics) {
  const counts: Record<string, number | undefined> = {};
  for (const change of LEASE_CHANGES) {
    const labels = { lease: 'journal', change };
    counts[change] = await readFrom(metrics, 'playhead_lease_changes_total', labels);
  }
  return counts;
}

const NONE = { taken: 0, stolen: 0, lost: 0, released: 0 };
const retriesOf = (metrics: WorkerMetrics) =>
  readFrom(metrics, 'playhead_retries_total', { part: 'journal' });

it('counts how a lease goes from one worker to the next', async () => {
  const first = start('worker-1', flaky);
  expect(await changesOf(first.metrics)).toEqual(NONE);
  await expect.poll(() => changesOf(first.metrics), TIMEOUT).toEqual({ ...NONE, taken: 1 });
  expect(await retriesOf(first.metrics)).toBe(0);

  isCut = true;
  const second = start('worker-2', dynamo);
  await expect.poll(() => changesOf(second.metrics), TIMEOUT).toEqual({ ...NONE, stolen: 1 });
  expect(await retriesOf(first.metrics)).toBeGreaterThan(0);
  isCut = false;
  await expect
    .poll(() => changesOf(first.metrics), TIMEOUT)
    .toEqual({ ...NONE, taken: 1, lost: 1 });

  await first.consumer.stop();
  await second.consumer.stop();
  expect(await changesOf(first.metrics)).toEqual({ ...NONE, taken: 1, lost: 1 });
  expect(await changesOf(second.metrics)).toEqual({ ...NONE, stolen: 1, released: 1 });
  expect(await retriesOf(second.metrics)).toBe(0);
});
