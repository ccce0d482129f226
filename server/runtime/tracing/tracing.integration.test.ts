import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, expect, it, vi } from 'vitest';
import { MODULES } from '#server/modules/index.ts';
import { type Env, parseEnv } from '#server/runtime/platform/env.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createRegistry } from '#server/runtime/registry.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { getProjectionLag } from '#server/runtime/views/lag.ts';
import { ASKS } from '#server/testing/asks.ts';
import {
  createTestDynamo,
  createTestPostgres,
  getTestDynamoEndpoint,
} from '#server/testing/engines.ts';
import { startTraceReceiver, toSpanTree } from '#server/testing/trace-receiver.ts';
import { openAccountByForm, transferByForm } from '#server/web/account-commands.ts';
import { getTrace } from '#server/web/commands/trace.ts';
import { getWebContext } from '#server/web/context.ts';
import type { FormCommand } from '#server/web/form-command.ts';
import { runCommand } from '#server/web/run-command.ts';
import { startWorker } from '#server/worker/start-worker.ts';
import { startTracing } from './start-tracing.ts';
import type { Tracing } from './tracing.ts';

// It throws outside of React's server environment.
vi.mock('server-only', () => ({}));

const [dynamo, postgres, receiver] = await Promise.all([
  createTestDynamo(),
  createTestPostgres(),
  startTraceReceiver(),
]);
const SETTINGS = {
  DYNAMODB_ENDPOINT: getTestDynamoEndpoint(),
  DATABASE_URL: postgres.url,
  TABLE_PREFIX: dynamo.tables.events.replace(/events$/, ''),
  STREAM_POLL_INTERVAL_MS: '20',
  LOG_LEVEL: 'silent',
};
for (const [name, value] of Object.entries(SETTINGS)) {
  vi.stubEnv(name, value);
}
vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer%20t0ken');

const registry = createRegistry(MODULES);
const logged: string[] = [];
const logger = createLogger({ LOG_LEVEL: 'info' }, 'test', { write: (line) => logged.push(line) });

afterAll(async () => {
  receiver.close();
  await postgres.close();
  dynamo.close();
});

const toEnv = (settings: Record<string, string>): Env => parseEnv({ ...SETTINGS, ...settings });

async function startTraced(settings: Record<string, string>, service: string): Promise<Tracing> {
  const tracing = await startTracing(toEnv(settings), service, logger);
  return tracing ?? expect.unreachable('There is an endpoint, and no tracing.');
}

/** Submits a form, and answers the ids of its correlation and of its command. */
async function submit(command: FormCommand, fields: object, context = getWebContext()) {
  const commandId = randomUUID();
  const answer = await runCommand({ ...context, ...ASKS }, command, { commandId, ...fields });
  const [row] = await vi.waitFor(
    async () => {
      const rows = await postgres.sql<{ correlation_id: string }[]>`
        SELECT correlation_id FROM journal WHERE causation_id = ${commandId}
      `;
      expect(rows.length > 0 || !answer.ok).toBe(true);
      return rows;
    },
    { timeout: 30_000, interval: 20 },
  );
  return { answer, correlationId: row?.correlation_id ?? '' };
}

/** Waits until every view has come to the newest event. */
async function settle(): Promise<void> {
  await vi.waitFor(
    async () => {
      for (const consumer of await getConsumerLag(dynamo, new Date())) {
        expect(consumer).toMatchObject({ eventsBehind: 0, atLeast: false });
      }
      for (const row of (await getProjectionLag(postgres.db, registry.views)).projections) {
        expect(row).toMatchObject({ eventsBehind: 0 });
      }
    },
    { timeout: 30_000, interval: 20 },
  );
}

const account = (number: string) => ({
  number,
  owner: 'Ada Lovelace',
  currency: 'EUR',
  overdraftLimit: '12345.67',
});

const DELIVERED = {
  'receive journal': { 'write journal': {} },
  'receive hot-views': { 'write account-balances': {}, 'write recent-transactions': {} },
  'write accounts': {},
  'write transactions': {},
  'write daily-balances': {},
  'write account-summaries': {},
};

it('loads nothing of OpenTelemetry without an endpoint, or with the sampler always_off', async () => {
  // The API itself is loaded by the metrics' library.
  const loaded = () =>
    Object.keys(createRequire(import.meta.url).cache).filter((path) =>
      /@opentelemetry\/(?!api\/)/.test(path),
    );
  expect(await startTracing(toEnv({}), 'playhead-web', logger)).toBeUndefined();
  const off = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_TRACES_SAMPLER: 'always_off' };
  expect(await startTracing(toEnv(off), 'playhead-web', logger)).toBeUndefined();
  expect(loaded()).toEqual([]);
  const on = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, 'playhead-web');
  expect(loaded()).not.toEqual([]);
  await on.stop();
});

it('is one trace from the form to every view, in which no payload is', async () => {
  // given: a web server and a worker, each with the spans of its own
  const on = { OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/` };
  const web = await startTraced(on, 'playhead-web');
  globalThis.playheadTracing = web;
  const tracing = await startTraced(on, 'playhead-worker');
  const worker = startWorker({ env: toEnv(on), logger, registry, tracing });

  // What comes while a worker starts may come to it twice: from the event store, and from the stream.
  await submit(openAccountByForm, account('T-0'));
  await settle();

  // when: a command of one event, one of two, and one that is refused
  const opened = await submit(openAccountByForm, account('T-1'));
  await submit(openAccountByForm, account('T-2'));
  const sides = { fromAccountId: 'T-1', toAccountId: 'T-2', currency: 'EUR' };
  const transferred = await submit(transferByForm, { ...sides, amount: '9876.54' });
  const refused = await submit(transferByForm, { ...sides, amount: '9876.54' });
  await settle();
  const shown = await getTrace(getWebContext(), opened.correlationId);
  await worker.stop();
  await Promise.all([tracing.stop(), web.stop()]);

  // then
  const traceId = opened.correlationId.replaceAll('-', '');
  expect(shown.traceId).toBe(traceId);
  const spans = receiver.spansOf(traceId);
  expect(toSpanTree(spans)).toEqual({
    'submit OpenAccount': {
      'handle OpenAccount': {
        'decide OpenAccount': {},
        TransactWriteItems: { 'store AccountOpened': DELIVERED },
      },
    },
  });
  const servicesOf = (prefix: string) =>
    new Set(spans.filter(({ name }) => name.startsWith(prefix)).map(({ service }) => service));
  expect(servicesOf('store')).toEqual(new Set(['playhead-web']));
  expect(servicesOf('write')).toEqual(new Set(['playhead-worker']));
  expect(spans.find(({ name }) => name === 'write accounts')?.attributes).toEqual({
    'db.system.name': 'postgresql',
    'playhead.view.name': 'accounts',
    'playhead.aggregate.type': 'account',
    'playhead.aggregate.id': 'account#T-1',
    'playhead.event.id': expect.any(String),
    'playhead.event.type': 'AccountOpened',
    'playhead.event.sequence': 1,
  });
  const both = toSpanTree(receiver.spansOf(transferred.correlationId.replaceAll('-', '')));
  expect(both).toMatchObject({
    'submit Transfer': {
      'handle Transfer': {
        TransactWriteItems: {
          'store TransferSent': DELIVERED,
          'store TransferReceived': DELIVERED,
        },
      },
    },
  });

  expect(refused.answer).toMatchObject({ ok: false, code: 'OVERDRAFT_LIMIT_EXCEEDED' });
  const text = receiver.text();
  expect(text).toContain('OVERDRAFT_LIMIT_EXCEEDED');
  expect(text).not.toMatch(/Lovelace|1234567|987654|9876\.54/);
  expect(new Set(receiver.authorizations())).toEqual(new Set(['Bearer t0ken']));
});

it('does its work where the endpoint is dead, and stops', async () => {
  const dead = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
  const tracing = await startTraced(dead, 'playhead-worker');
  const worker = startWorker({ env: toEnv(dead), logger, registry, tracing });
  const context = { ...getWebContext(), tracing };
  const { answer } = await submit(openAccountByForm, account('T-3'), context);
  expect(answer).toMatchObject({ ok: true });
  await settle();
  await worker.stop();
  await tracing.stop();
});

it('logs once that spans are refused, and that it works again', async () => {
  const on = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const tracing = await startTraced(on, 'playhead-web');
  const lines = () => logged.filter((line) => line.includes('exporting traces'));
  logged.length = 0;
  receiver.answerWith(400);
  for (const count of [1, 2]) {
    const before = receiver.authorizations().length;
    tracing.begin(`refused ${count}`, { name: 'submit OpenAccount' }).end();
    await vi.waitFor(() => expect(receiver.authorizations().length).toBeGreaterThan(before), {
      timeout: 10_000,
    });
  }
  receiver.answerWith(200);
  tracing.begin('taken', { name: 'submit OpenAccount' }).end();
  await vi.waitFor(() => expect(lines().at(-1)).toContain('works again'), { timeout: 10_000 });
  expect(lines()).toHaveLength(2);
  await tracing.stop();
});

it('exports the same traces in every process where a ratio is set', async () => {
  const half = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.5',
  };
  const [web, worker] = [await startTraced(half, 'web'), await startTraced(half, 'worker')];
  const ids = Array.from({ length: 200 }, () => randomUUID());
  const sampled = ids.filter((id) => web.traceIdOf(id) !== null);
  expect(ids.filter((id) => worker.traceIdOf(id) !== null)).toEqual(sampled);
  expect(sampled.length).toBeGreaterThan(50);
  expect(sampled.length).toBeLessThan(150);
  await Promise.all([web.stop(), worker.stop()]);
});
