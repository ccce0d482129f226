import getPort from 'get-port';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { readMetric } from '#server/testing/read-metric.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import { startWorker, type Worker } from './start-worker.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const databaseProxy = await createTcpProxy(postgres.url);
const { context, openFresh, handler } = createTestWriteSide(dynamo);
const lines: string[] = [];
const logger = createLogger({ LOG_LEVEL: 'info' }, 'worker', {
  write: (line: string) => {
    lines.push(line);
  },
});
const running = new Set<Worker>();

afterEach(async () => {
  databaseProxy.restore();
  await Promise.all([...running].map((worker) => worker.stop()));
  running.clear();
  lines.length = 0;
});
afterAll(async () => {
  await handler.close();
  await databaseProxy.close();
  await postgres.close();
  dynamo.close();
});

const PATIENT = { timeout: 30_000, interval: 20 };

/** A worker in this process, and what its port tells. */
async function start() {
  const port = await getPort({ host: '127.0.0.1' });
  const worker = startWorker({
    env: parseEnv({
      DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
      DATABASE_URL: databaseProxy.url,
      TABLE_PREFIX: dynamo.tables.events.replace(/events$/, ''),
      STREAM_POLL_INTERVAL_MS: '20',
      METRICS_PORT: `${port}`,
    }),
    logger,
    registry: TEST_REGISTRY,
  });
  running.add(worker);
  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return {
    scrape,
    waitFor: (check: (text: string) => void) =>
      vi.waitFor(async () => check(await scrape()), PATIENT),
  };
}

it('counts what is ingested, made visible and leased', async () => {
  const { waitFor, scrape } = await start();
  await waitFor((text) => {
    for (const lease of ['journal', 'hot-views']) {
      const taken = { lease, change: 'taken' };
      expect(readMetric(text, 'playhead_lease_changes_total', taken)).toBe(1);
    }
  });
  const before = readMetric(await scrape(), 'playhead_events_ingested_total') ?? Number.NaN;
  const accountId = await openFresh();
  for (const amount of ['1.00', '2.00', '3.00']) {
    await runCommand(context(), deposit, { accountId, amount, currency: 'EUR' });
  }
  await waitFor((text) => {
    expect(readMetric(text, 'playhead_events_ingested_total')).toBe(before + 4);
    for (const { name: projection } of TEST_REGISTRY.views) {
      const labels = { projection };
      expect(readMetric(text, 'playhead_write_to_visible_seconds_count', labels)).toBe(before + 4);
      const sum = readMetric(text, 'playhead_write_to_visible_seconds_sum', labels);
      expect(sum).toBeGreaterThan(0);
      expect(readMetric(text, 'playhead_retries_total', { part: projection })).toBe(0);
    }
  });
  expect(await scrape()).not.toContain(accountId);
});

it('counts an event that was booked back in time, but does not measure it', async () => {
  const { waitFor, scrape } = await start();
  const bookedAt = '2020-03-01T00:00:00.001Z';
  const terms = { number: 'BOOKED-2020', owner: 'Ada', currency: 'EUR', bookedAt };
  await runCommand(context(), openAccount, terms);
  await waitFor((text) => {
    expect(readMetric(text, 'playhead_events_ingested_total')).toBe(1);
  });
  await openFresh();
  const labels = { projection: 'accounts' };
  await waitFor((text) => {
    expect(readMetric(text, 'playhead_write_to_visible_seconds_count', labels)).toBe(1);
  });
  expect(readMetric(await scrape(), 'playhead_events_ingested_total')).toBe(2);
});

it('counts every retry, and logs a fault when it begins and when it is over', async () => {
  const { waitFor } = await start();
  await openFresh();
  await waitFor((text) => {
    expect(readMetric(text, 'playhead_events_ingested_total')).toBe(1);
  });
  lines.length = 0;
  databaseProxy.cut();
  await openFresh();
  await waitFor((text) => {
    for (const part of ['journal', 'accounts']) {
      expect(readMetric(text, 'playhead_retries_total', { part })).toBeGreaterThan(4);
    }
    expect(readMetric(text, 'playhead_retries_total', { part: 'hot-views' })).toBe(0);
  });
  databaseProxy.restore();
  await waitFor((text) => {
    expect(readMetric(text, 'playhead_events_ingested_total')).toBe(2);
  });
  const entry = (fields: object) => expect.objectContaining(fields);
  await vi.waitFor(() => {
    const entries = lines.map((line) => JSON.parse(line));
    const ofJournal = entries.filter(({ consumer }) => consumer === 'journal');
    expect(ofJournal.at(0)).toEqual(
      entry({ level: 40, msg: 'delivery', shardId: expect.anything() }),
    );
    expect(ofJournal.at(-1)).toEqual(entry({ level: 30, msg: 'delivery: works again' }));
    const ofAccounts = entries.filter(({ projection }) => projection === 'accounts');
    expect(ofAccounts.at(-1)).toEqual(entry({ level: 30, msg: 'the projection gets on again' }));
    for (const faults of [ofJournal.slice(0, -1), ofAccounts.slice(0, -1)]) {
      const sentences = faults.map(({ msg, error = msg }) => error);
      // One line per change of the reason: not two alike in a row.
      expect(sentences.length).toBeGreaterThan(0);
      expect(sentences.filter((sentence, n) => sentence === sentences[n - 1])).toEqual([]);
    }
  }, PATIENT);
});
