import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { CONTROL_CHANNEL, createNotifications } from '#server/runtime/platform/notifications.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { createJournalReader } from './journal-reader.ts';
import { pauseProjection, resumeProjection } from './pause-projection.ts';
import type { PostgresView } from './postgres-view.ts';
import { createProjector, type Projector } from './projector.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const ingest = createIngest({ db, store: EMPTY_STORE });
const notifications = createNotifications(postgres);
const running: Projector[] = [];
const operator = { actor: 'olga', reason: 'a look at it' };

const start = (projection: PostgresView) => {
  const projector = createProjector({
    postgres,
    journal: createJournalReader(postgres.db, TEST_CODEC),
    projection,
    workerId: randomUUID(),
    logger: createLogger({ LOG_LEVEL: 'silent' }, 'test'),
    batchSize: 2,
  });
  notifications.subscribe(({ channel }) => {
    if (channel === CONTROL_CHANNEL) {
      projector.review();
    }
  });
  running.push(projector);
  return projector;
};

beforeEach(async () => {
  await sql`TRUNCATE journal, journal_aggregates, journal_head, projections, accounts,
    operator_actions`;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});
afterAll(() => postgres.close());

const history = toSimpleHistory('A', 20).map(toStoredEvent);
const row = async () => (await sql`SELECT * FROM projections WHERE name = 'accounts'`)[0];
const version = async () => (await sql`SELECT version FROM accounts`)[0]?.version;
const toNothing: typeof accountsView.fold = (held) => ({ held, rows: [] });

/** Resolves when another projection, which starts now, has come to the journal's end. */
async function reachesEnd() {
  start({ ...accountsView, name: 'other', load: async () => new Map(), fold: toNothing });
  await expect
    .poll(async () => (await sql`SELECT position FROM projections WHERE name = 'other'`)[0])
    .toEqual({ position: '20' });
}

const WITHIN_A_SECOND = { timeout: 1_000, interval: 10 };

it('pauses and resumes within a second, and says who, why and when', async () => {
  await ingest(history.slice(0, 4));
  start(accountsView);
  await expect.poll(version).toBe(4);
  expect(await pauseProjection(db, accountsView, operator)).toBe(true);
  expect(await pauseProjection(db, accountsView, operator)).toBe(false);
  await ingest(history.slice(4));
  // Neither those that run nor those that are started later.
  const later = start(accountsView);
  await reachesEnd();
  expect(await row()).toMatchObject({
    position: '4',
    paused_by: 'olga',
    pause_reason: 'a look at it',
    claimed_by: null,
  });
  expect(later.status().error).toBeNull();
  expect(await resumeProjection(db, accountsView, { actor: 'otto' })).toBe(true);
  await expect.poll(version, WITHIN_A_SECOND).toBe(20);
  expect(await resumeProjection(db, accountsView, operator)).toBe(false);
  expect(await row()).toMatchObject({ paused_at: null, paused_by: null, pause_reason: null });
  expect(await sql`SELECT actor, action, subject, reason, effect FROM operator_actions`).toEqual([
    {
      actor: 'olga',
      action: 'pause',
      subject: 'accounts',
      reason: 'a look at it',
      effect: { position: 4 },
    },
    { actor: 'otto', action: 'resume', subject: 'accounts', reason: null, effect: { position: 4 } },
  ]);
});

it('lets the batch in hand finish, and no row changes after it', async () => {
  const [gate, entered] = [createWakeSignal(), createWakeSignal()];
  start({
    ...accountsView,
    load: async (tx, schema, ids) => {
      const held = await accountsView.load(tx, schema, ids);
      if (held.size === 0) {
        entered.wake();
        await gate.sleep(30_000);
      }
      return held;
    },
  });
  await ingest(history);
  await entered.sleep(30_000);
  let isPaused = false;
  const pausing = pauseProjection(db, accountsView, operator).then(() => {
    isPaused = true;
  });
  await expect
    .poll(async () => (await sql`SELECT 1 FROM pg_locks WHERE NOT granted`).length)
    .toBeGreaterThan(0);
  expect(isPaused).toBe(false);
  gate.wake();
  await pausing;
  // The next batch may have been faster, but none is under way any more.
  const paused = await row();
  expect(paused?.paused_by).toBe('olga');
  expect(`${await version()}`).toBe(paused?.position);
  await reachesEnd();
  expect(await row()).toEqual(paused);
});

it('pauses a projection that has never run', async () => {
  await pauseProjection(db, accountsView, operator);
  await ingest(history);
  const projector = start(accountsView);
  await resumeProjection(db, accountsView, operator);
  await expect.poll(version, WITHIN_A_SECOND).toBe(20);
  expect(projector.status().error).toBeNull();
});
