import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATION_RESULTS, type OperationKind } from '#lib/contracts/operations.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import {
  createOperationRunner,
  type OperationRunner,
} from '#server/runtime/operations/operation-runner.ts';
import { operations } from '#server/runtime/operations/operations-table.ts';
import { putHeartbeat } from '#server/runtime/platform/worker-heartbeat.ts';
import { fillCandidate } from '#server/runtime/rebuild/fill-candidate.ts';
import { makeReady } from '#server/runtime/rebuild/make-ready.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { listAlertResponses } from '#server/runtime/system/alert-responses.ts';
import { reviewAlertResponses } from '#server/runtime/system/alert-watch.ts';
import { createSystemWatch } from '#server/runtime/system/system-watch.ts';
import { ASKS } from '#server/testing/asks.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getOperation, getOperations, operationsQuerySchema } from './queries/operations.ts';
import { requestOperation } from './request-operation.ts';

let bank: TestBank;
let runner: OperationRunner;

const LAUNCHER = randomUUID();

const start = () =>
  createOperationRunner({
    deps: { ...bank, db: bank.postgres.db },
    logger: bank.logger,
    workerId: `worker-${randomUUID()}`,
  });

beforeAll(async () => {
  bank = await createTestBank();
  runner = start();
  for (const number of ['A-1', 'A-2', 'A-3']) {
    await bank.run(openAccount, { number, owner: 'Ada', currency: 'EUR', overdraftLimit: '0' });
    await bank.run(deposit, { accountId: number, amount: '5.00', currency: 'EUR' });
  }
  await bank.settle();
});

afterAll(async () => {
  await runner.stop();
  await bank.close();
});

const request = (fields: object) =>
  requestOperation(
    {
      ...ASKS,
      db: bank.postgres.db,
      registry: bank.registered,
      launcher: LAUNCHER,
      logger: bank.logger,
      outages: { note: () => {} },
      requireBound: () => {},
    },
    { id: randomUUID(), reason: 'Ticket 7', ...fields },
  );

/** Asks for an operation, and waits until it is over. */
async function run<Kind extends OperationKind>(kind: Kind, input: object) {
  const answer = await request({ kind, input });
  const id = answer.ok ? answer.id : '';
  expect(answer).toEqual({ ok: true, id });
  runner.wake();
  await expect.poll(async () => (await getOperation(bank.postgres.db, id)).endedAt).not.toBeNull();
  return getOperation(bank.postgres.db, id);
}

/** The result of one that must come through. */
async function runWell<Kind extends OperationKind>(kind: Kind, input: object) {
  const operation = await run(kind, input);
  expect(operation).toMatchObject({ status: 'done', error: null });
  return OPERATION_RESULTS[kind].parse(operation.result);
}

const count = async () => bank.postgres.db.$count(operations);

it('is carried out once, and recorded with who and why', async () => {
  const id = randomUUID();
  const fields = { id, kind: 'pause-projection', input: { projection: 'accounts' } };
  expect([await request(fields), await request(fields)]).toEqual([
    { ok: true, id },
    { ok: true, id },
  ]);
  runner.wake();
  await expect.poll(async () => (await getOperation(bank.postgres.db, id)).status).toBe('done');
  expect(await getOperation(bank.postgres.db, id)).toMatchObject({
    kind: 'pause-projection',
    subject: 'accounts',
    reason: 'Ticket 7',
    requestedBy: 'user:tester',
    result: { changed: true },
  });
  const recorded = await bank.postgres.sql`
    SELECT actor, action, subject, reason FROM operator_actions WHERE subject = 'accounts'
  `;
  expect(recorded).toEqual([
    { actor: 'user:tester', action: 'pause', subject: 'accounts', reason: 'Ticket 7' },
  ]);
  expect(await runWell('pause-projection', { projection: 'accounts' })).toEqual({ changed: false });
  expect(await runWell('resume-projection', { projection: 'accounts' })).toEqual({ changed: true });
});

it.each([
  ['an unknown kind', { kind: 'drop-everything', input: {} }, 'no operation “drop-everything”'],
  ['no projection', { kind: 'pause-projection', input: {} }, 'Projection: '],
  [
    'an unknown projection',
    { kind: 'rebuild', input: { projection: 'acounts' } },
    'no projection “acounts”',
  ],
  [
    'a view of another aggregate',
    { kind: 'repair', input: { aggregateId: 'account#A-1', view: 'users' } },
    'no view “users”',
  ],
  [
    'no reason',
    { kind: 'pause-projection', input: { projection: 'accounts' }, reason: ' ' },
    'Say why',
  ],
  [
    'a restart by a launcher of before',
    { kind: 'restart-worker', input: { launcher: randomUUID() } },
    'started anew',
  ],
  [
    'an id of its own making',
    { kind: 'pause-projection', input: { projection: 'accounts' }, id: 'x' },
    'UUID',
  ],
  [
    'a threshold of a hot view',
    { kind: 'set-lag-threshold', input: { projection: 'account-balances', seconds: 9 } },
    'set the threshold of hot-views',
  ],
  [
    'a threshold of nothing',
    { kind: 'set-lag-threshold', input: { projection: 'accounts', seconds: 0 } },
    'Seconds: At least one second.',
  ],
  [
    'a snooze until a time that has passed',
    {
      kind: 'snooze-alert',
      input: { alert: 'a', title: 'A', seen: 1, until: '2020-01-01T00:00:00Z' },
    },
    'That time has passed',
  ],
  [
    'a text with NUL, which PostgreSQL does not hold',
    { kind: 'show-alert-again', input: { alert: 'a\0', title: 'A' } },
    'cannot be kept',
  ],
  [
    'half of a surrogate pair',
    { kind: 'show-alert-again', input: { alert: 'a', title: '\ud800' } },
    'cannot be kept',
  ],
  [
    'more than is asked for',
    { kind: 'pause-projection', input: { projection: 'accounts', force: true } },
    'force',
  ],
])('refuses %s at once, and keeps nothing', async (_, fields, sentence) => {
  const before = await count();
  const answer = await request(fields);
  expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(sentence) });
  expect(await count()).toBe(before);
});

it('finds a row made wrong by hand, and repairs it', async () => {
  await bank.postgres.db.execute(sql`UPDATE accounts SET balance = 1 WHERE account_id = 'A-2'`);
  const estimate = await runWell('estimate-rebuild', { projection: 'accounts' });
  expect(estimate).toMatchObject({
    estimate: { events: 6 },
    sample: { checked: 3, aggregates: 3, different: 1 },
  });
  const found = await runWell('reconcile', {});
  expect(found).toMatchObject({ checked: 3, different: 1 });
  expect(found).toMatchObject({
    items: [{ aggregateId: 'account#A-2', view: 'accounts', expected: '500', actual: '1' }],
  });
  expect(await runWell('reconcile', { sample: 2 })).toMatchObject({ checked: 2, aggregates: 3 });
  await runWell('repair', { aggregateId: 'account#A-2', view: 'accounts' });
  expect(await runWell('reconcile', {})).toMatchObject({ checked: 3, different: 0 });
});

it('takes a rebuild through its life', async () => {
  const { db } = bank.postgres;
  const begun = OPERATION_RESULTS.rebuild.parse(
    await runWell('rebuild', { projection: 'accounts' }),
  );
  const id = 'rebuild' in begun ? begun.rebuild : 0;
  expect(await run('swap-rebuild', { projection: 'accounts' })).toMatchObject({
    status: 'failed',
    error: { code: 'REBUILD_REFUSED' },
  });
  await fillCandidate(db, accountsView, id);
  await makeReady(db, accountsView, id);
  const diff = await runWell('compare-rebuild', { projection: 'accounts' });
  expect(diff).toMatchObject({ rebuildId: id, position: 6 });
  await runWell('swap-rebuild', { projection: 'accounts' });
  await runWell('roll-back', { projection: 'accounts' });
  await runWell('discard-previous', { projection: 'accounts' });
  await runWell('rebuild', { projection: 'accounts' });
  await runWell('cancel-rebuild', { projection: 'accounts' });
  expect(await runWell('estimate-rebuild', { projection: 'account-balances' })).toEqual({
    aggregates: 3,
    unchanged: 3,
    written: 0,
    removed: 0,
    failed: 0,
    items: [],
  });
  expect(await runWell('rebuild', { projection: 'account-balances' })).toMatchObject({
    aggregates: 3,
    unchanged: 3,
  });
  expect(await runWell('reconcile', {})).toMatchObject({ different: 0 });
});

const readSystem = () => {
  const { dynamo, store, registered, postgres } = bank;
  const now = () => new Date();
  return createSystemWatch({ dynamo, db: postgres.db, store, registered, now, timeoutMs: 10_000 });
};

it('sets a threshold of lag and resets it, on record with the one before', async () => {
  const thresholdOf = async (name: string) =>
    (await readSystem().read()).views.find(({ view }) => view === name)?.thresholdSeconds;
  expect(await thresholdOf('hot-views')).toBe(30);
  await runWell('set-lag-threshold', { projection: 'hot-views', seconds: 9 });
  await runWell('set-lag-threshold', { projection: 'hot-views', seconds: 12 });
  expect([await thresholdOf('hot-views'), await thresholdOf('accounts')]).toEqual([12, 30]);
  const projection = 'hot-views';
  expect(await runWell('reset-lag-threshold', { projection })).toEqual({ changed: true });
  expect(await runWell('reset-lag-threshold', { projection })).toEqual({ changed: false });
  expect(await thresholdOf('hot-views')).toBe(30);
  const recorded = await bank.postgres.sql`
    SELECT action, reason, effect FROM operator_actions WHERE subject = 'hot-views' ORDER BY id
  `;
  expect(recorded).toEqual([
    { action: 'set-lag-threshold', reason: 'Ticket 7', effect: { seconds: 9, before: 30 } },
    { action: 'set-lag-threshold', reason: 'Ticket 7', effect: { seconds: 12, before: 9 } },
    { action: 'reset-lag-threshold', reason: 'Ticket 7', effect: { seconds: 30, before: 12 } },
  ]);
});

it('acknowledges an alert until it is over, snoozes it past its end, and takes both back', async () => {
  const { db } = bank.postgres;
  const review = () => reviewAlertResponses({ db, watch: readSystem() });
  const alert = { alert: 'paused accounts', title: 'Accounts is paused' };
  await runWell('pause-projection', { projection: 'accounts' });
  await runWell('acknowledge-alert', { ...alert, seen: 1 });
  await runWell('resume-projection', { projection: 'accounts' });
  // No worker reports, so that nobody knows what is wrong.
  await review();
  const given = { ...alert, seen: 1, by: 'user:tester', reason: 'Ticket 7' };
  expect(await listAlertResponses(db)).toMatchObject([{ ...given, until: null }]);

  await beat();
  await runWell('pause-projection', { projection: 'accounts' });
  await review();
  expect(await listAlertResponses(db)).toHaveLength(1);
  await runWell('resume-projection', { projection: 'accounts' });
  await review();
  expect(await listAlertResponses(db)).toEqual([]);

  const until = new Date(Date.now() + 3_600_000).toISOString();
  await runWell('snooze-alert', { ...alert, seen: 1, until });
  await review();
  expect(await listAlertResponses(db)).toMatchObject([{ ...given, until }]);
  expect(await runWell('show-alert-again', alert)).toEqual({ changed: true });
  expect(await runWell('show-alert-again', alert)).toEqual({ changed: false });
  expect(await listAlertResponses(db)).toEqual([]);
  const recorded = await bank.postgres.sql`
    SELECT action FROM operator_actions WHERE subject = ${alert.title} ORDER BY id
  `;
  expect(recorded.map(({ action }) => action)).toEqual([
    'acknowledge-alert',
    'snooze-alert',
    'show-alert-again',
  ]);
});

/** Reports a worker that reads the whole stream. */
async function beat() {
  const seenAt = new Date().toISOString();
  const rows = await getConsumerLag(bank.dynamo, new Date());
  await putHeartbeat(bank.dynamo, {
    workerId: 'w1',
    pid: 1,
    startedAt: seenAt,
    seenAt,
    consumers: rows.map(({ name, shardId }) => ({
      name,
      shardId,
      lastEventAt: null,
      caughtUp: true,
      error: null,
      errorSince: null,
    })),
    projectors: [],
  });
}

it('is interrupted, and never begun again, when its worker is gone', async () => {
  const { db } = bank.postgres;
  const id = randomUUID();
  await db.insert(operations).values({
    id,
    kind: 'pause-projection',
    subject: 'accounts',
    input: { projection: 'accounts' },
    requestedBy: 'user:tester',
    status: 'running',
    worker: 'dead',
    claimedUntil: new Date(0),
  });
  runner.wake();
  await expect.poll(async () => (await getOperation(db, id)).status).toBe('interrupted');
  expect(
    await bank.postgres.sql`SELECT paused_at FROM projections WHERE name = 'accounts'`,
  ).toEqual([{ paused_at: null }]);
});

it('is done where it was carried out, also when PostgreSQL fails as that is written down', async () => {
  const { db } = bank.postgres;
  await db.execute(sql`CREATE SEQUENCE faults`);
  await db.execute(sql`
    CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('faults') < 3 THEN RAISE 'try again' USING ERRCODE = '40001'; END IF;
      RETURN NEW;
    END $$`);
  await db.execute(sql`
    CREATE TRIGGER fail_twice BEFORE UPDATE ON operations FOR EACH ROW
    WHEN (NEW.status IN ('done', 'failed')) EXECUTE FUNCTION fail_twice()`);
  try {
    expect(await runWell('resume-projection', { projection: 'accounts' })).toEqual({
      changed: false,
    });
    expect(await db.execute(sql`SELECT last_value::int FROM faults`)).toEqual([{ last_value: 3 }]);
  } finally {
    await db.execute(sql`DROP TRIGGER fail_twice ON operations`);
  }
});

it('are listed newest first, page by page, and narrowed by kind and status', async () => {
  const { db } = bank.postgres;
  const read = (params: object) => getOperations(db, operationsQuerySchema.parse(params));
  const all = await read({ limit: 200 });
  const first = await read({ limit: 3 });
  const second = await read({ limit: 3, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 6));
  expect((await read({ status: 'interrupted' })).items).toHaveLength(1);
  const { items } = await read({ kind: ['roll-back', 'cancel-rebuild'], subject: 'accounts' });
  expect(items.map(({ kind }) => kind)).toEqual(['cancel-rebuild', 'roll-back']);
});
