import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import { createCommandHandler } from '#server/runtime/commands/create-command-handler.ts';
import { recordHotDeadLetters } from '#server/runtime/dead-letters/record-hot-dead-letters.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { toMissingEvent } from '#server/runtime/event-store/delivered-event.ts';
import { toHistoryEntry } from '#server/runtime/hot-views/history-entry.ts';
import { pauseHotViews, resumeHotViews } from '#server/runtime/hot-views/pause-hot-views.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createDynamo, type Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres, type Postgres } from '#server/runtime/platform/postgres.ts';
import { watchTransientFaults } from '#server/runtime/platform/watch-transient-faults.ts';
import { createSystemWatch } from '#server/runtime/system/system-watch.ts';
import { pauseProjection, resumeProjection } from '#server/runtime/views/pause-projection.ts';
import { ASKS } from '#server/testing/asks.ts';
import { injectFaults, sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC } from '#server/testing/event-codec.ts';
import { readFrom, readMetric } from '#server/testing/read-metric.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { depositByForm, openAccountByForm } from '../account-commands.ts';
import type { FormCommand } from '../form-command.ts';
import { runCommand } from '../run-command.ts';
import { countConflicts } from './count-conflicts.ts';
import { readMetrics } from './read-metrics.ts';
import { createWebMetrics, type WebMetrics } from './web-metrics.ts';

const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const now = () => new Date();
const outages = { note: () => {} };
let dynamo: Dynamo;
let postgres: Postgres;

beforeAll(async () => {
  [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
});

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

const eventless = { keep: () => {}, keepRefusal: () => {}, flush: async () => {} };

/** The write side as the web process has it, with metrics of its own. */
function createSide(on: Dynamo = dynamo) {
  const metrics = createWebMetrics(TEST_REGISTRY);
  watchTransientFaults(on, () => metrics.retried('dynamodb'));
  const store = countConflicts(createEventStore(on, TEST_REGISTRY.aggregates), () =>
    metrics.retried('commands'),
  );
  const handler = createCommandHandler({ store, now, onSnapshotError: () => {} });
  const submit = (command: FormCommand, fields: object) =>
    runCommand(
      {
        ...ASKS,
        registry: TEST_REGISTRY,
        handler,
        eventless,
        logger,
        metrics,
        outages,
        requireBound: () => {},
      },
      command,
      { commandId: randomUUID(), ...fields },
    );
  const open = async () => {
    const number = `M${randomUUID().slice(0, 8)}`.toUpperCase();
    const terms = { number, owner: 'Ada', currency: 'EUR', overdraftLimit: '0' };
    expect(await submit(openAccountByForm, terms)).toMatchObject({ ok: true });
    return number;
  };
  return { metrics, store, submit, open };
}

/** As they are at this moment, asked anew. */
function readNow(metrics: WebMetrics, db = postgres.db, on = dynamo): Promise<string> {
  const store = createEventStore(on, TEST_REGISTRY.aggregates);
  return readMetrics({
    metrics,
    systemWatch: createSystemWatch({
      dynamo: on,
      db,
      store,
      registered: TEST_REGISTRY,
      now,
      timeoutMs: 10_000,
    }),
  });
}

const countOf = (metrics: WebMetrics, type: string, outcome: string, code = '') =>
  readFrom(metrics, 'playhead_commands_total', { type, outcome, code });

const timedOf = (metrics: WebMetrics, type: string, outcome: string) =>
  readFrom(metrics, 'playhead_command_duration_seconds_count', { type, outcome });

it('counts commands by what came of them', async () => {
  const { metrics, submit, open } = createSide();
  const accountId = await open();
  const fields = { accountId, amount: '5', currency: 'EUR', commandId: randomUUID() };
  for (const amount of ['5', '5', '5']) {
    await submit(depositByForm, { ...fields, amount });
  }
  await submit(depositByForm, { ...fields, amount: '6' });
  await submit(depositByForm, { ...fields, commandId: randomUUID(), accountId: 'NOBODY' });
  await submit(depositByForm, {});

  expect(await countOf(metrics, 'OpenAccount', 'accepted')).toBe(1);
  expect(await countOf(metrics, 'Deposit', 'accepted')).toBe(1);
  expect(await countOf(metrics, 'Deposit', 'duplicate')).toBe(2);
  expect(await countOf(metrics, 'Deposit', 'rejected', 'COMMAND_ID_REUSED')).toBe(1);
  expect(await countOf(metrics, 'Deposit', 'rejected', 'ACCOUNT_NOT_FOUND')).toBe(1);
  expect(await countOf(metrics, 'Deposit', 'rejected', 'INVALID_INPUT')).toBe(1);
  expect(await timedOf(metrics, 'Deposit', 'accepted')).toBe(1);
  expect(await timedOf(metrics, 'Deposit', 'duplicate')).toBe(2);
  expect(await timedOf(metrics, 'Deposit', 'rejected')).toBe(3);
  expect(await timedOf(metrics, 'Deposit', 'failed')).toBeUndefined();
  expect(await metrics.registry.metrics()).not.toContain(accountId);
});

it('counts a command that the house could not carry out, and the requests that were repeated', async () => {
  const broken = await createTestDynamo();
  const { metrics, submit, open } = createSide(broken);
  const accountId = await open();
  expect(await readFrom(metrics, 'playhead_retries_total', { part: 'dynamodb' })).toBe(0);

  let refusals = 0;
  let left = 2;
  injectFaults(broken, () => {
    if (left === 0) {
      return undefined;
    }
    left -= 1;
    refusals += 1;
    return { lose: 'request', error: sdkError('ThrottlingException') };
  });
  const fields = { accountId, amount: '5', currency: 'EUR' };
  expect(await submit(depositByForm, fields)).toMatchObject({ ok: true });
  expect(refusals).toBe(2);
  expect(await readFrom(metrics, 'playhead_retries_total', { part: 'dynamodb' })).toBe(2);

  left = Number.POSITIVE_INFINITY;
  expect(await submit(depositByForm, fields)).toMatchObject({ ok: false, code: 'THROTTLED' });
  expect(await countOf(metrics, 'Deposit', 'failed', 'THROTTLED')).toBe(1);
  broken.close();
});

it('counts a command that is decided anew, because another process was quicker', async () => {
  const [one, other] = [createSide(), createSide()];
  const accountId = await one.open();
  const fields = { accountId, amount: '5', currency: 'EUR' };
  await one.submit(depositByForm, fields);
  await other.submit(depositByForm, fields);
  expect(await one.submit(depositByForm, fields)).toMatchObject({ ok: true });
  expect(await readFrom(one.metrics, 'playhead_retries_total', { part: 'commands' })).toBe(1);
  expect(await readFrom(other.metrics, 'playhead_retries_total', { part: 'commands' })).toBe(0);
});

it('tells what waits at dead letters, and what is paused', async () => {
  const { metrics } = createSide();
  const names = ['accounts', 'transactions', 'daily-balances', 'account-summaries'];
  const views = ['journal', ...names, 'account-balances', 'recent-transactions'];
  const read = async (metric: string, of: readonly string[]) => {
    const text = await readNow(metrics);
    const toValue = (projection: string) => readMetric(text, metric, { projection });
    return Object.fromEntries(of.map((projection) => [projection, toValue(projection)]));
  };
  const none = (of: readonly string[]) => Object.fromEntries(of.map((name) => [name, 0]));
  const waiting = () => read('playhead_dead_letters', views);
  const paused = () => read('playhead_projection_paused', names);
  expect(await waiting()).toEqual(none(views));
  expect(await paused()).toEqual(none(names));

  const missing = toMissingEvent('account#GAP', 2);
  await createIngest({
    db: postgres.db,
    store: createEventStore(dynamo, TEST_REGISTRY.aggregates),
  })([toMissingEvent('account#HOLE', 1)]);
  await recordHotDeadLetters(
    dynamo,
    'account-balances',
    [{ entry: toHistoryEntry(TEST_CODEC, missing), error: missing.problem }],
    { attempts: 1, firstFailedAt: now().toISOString() },
  );
  await pauseProjection(postgres.db, transactionsView, { actor: 'olga', reason: 'Why' });
  expect(await waiting()).toEqual({ ...none(views), journal: 1, 'account-balances': 1 });
  expect(await paused()).toEqual({ ...none(names), transactions: 1 });
  await resumeProjection(postgres.db, transactionsView, { actor: 'olga' });
  expect(await paused()).toEqual(none(names));

  await pauseHotViews(dynamo, { actor: 'olga' });
  const text = await readNow(metrics);
  const isPaused = (consumer: string) => readMetric(text, 'playhead_consumer_paused', { consumer });
  expect([isPaused('journal'), isPaused('hot-views')]).toEqual([0, 1]);
  await resumeHotViews(dynamo, { actor: 'olga' });
});

it('tells the lag of this moment, and which store does not answer', async () => {
  const { metrics, store, open } = createSide();
  const aggregateId = `account#${await open()}`;
  await createIngest({ db: postgres.db, store })(await store.read(aggregateId));
  const text = await readNow(metrics);
  for (const projection of ['accounts', 'transactions', 'daily-balances', 'account-summaries']) {
    // One in the journal that it has not handled; what the stream still has comes on top.
    expect(readMetric(text, 'playhead_projection_lag_events', { projection })).toBeGreaterThan(1);
    expect(readMetric(text, 'playhead_projection_lag_seconds', { projection })).toBeGreaterThan(0);
  }
  for (const consumer of ['journal', 'hot-views']) {
    expect(readMetric(text, 'playhead_consumer_lag_seconds', { consumer })).toBeGreaterThan(0);
  }
  const postgresUp = { store: 'postgresql' };
  const dynamoUp = { store: 'dynamodb' };
  expect(readMetric(text, 'playhead_store_up', postgresUp)).toBe(1);
  expect(readMetric(text, 'playhead_store_up', dynamoUp)).toBe(1);

  const silent = createPostgres(
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' },
    { application: 'playhead-test', max: 1 },
  );
  const gone = createDynamo({
    DYNAMODB_ENDPOINT: 'http://127.0.0.1:9',
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: 'x-',
  });
  const without = await readNow(metrics, silent.db, gone);
  expect(readMetric(without, 'playhead_store_up', postgresUp)).toBe(0);
  expect(readMetric(without, 'playhead_store_up', dynamoUp)).toBe(0);
  expect(without).not.toMatch(/^playhead_(\w+_lag_\w+|dead_letters|\w+_paused)\{/m);
  await silent.close();
  gone.close();
});
