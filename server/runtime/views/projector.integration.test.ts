import { randomUUID } from 'node:crypto';
import { bigint } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { CONTROL_CHANNEL, createNotifications } from '#server/runtime/platform/notifications.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { generationTable } from '#server/runtime/platform/schemas.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { CLAIM_MS } from './claim.ts';
import { createJournalReader } from './journal-reader.ts';
import type { PostgresView } from './postgres-view.ts';
import { createProjector, type Projector } from './projector.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const ingest = createIngest({ db, store: EMPTY_STORE });
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const running: Projector[] = [];

const start = (
  projection: PostgresView,
  options: { batchSize?: number; on?: typeof postgres } = {},
) => {
  const { on = postgres, batchSize } = options;
  const projector = createProjector({
    postgres: on,
    journal: createJournalReader(on.db, TEST_CODEC),
    projection,
    workerId: randomUUID(),
    logger,
    batchSize,
  });
  running.push(projector);
  return projector;
};

beforeEach(async () => {
  await sql`TRUNCATE journal, journal_aggregates, journal_head, projections, accounts, transactions`;
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});

afterAll(() => postgres.close());

const TIMEOUT = { timeout: 20_000, interval: 10 };

async function position(name: string): Promise<number> {
  const rows = await sql`SELECT position FROM projections WHERE name = ${name}`;
  return Number(rows[0]?.position ?? 0);
}

const reaches = (name: string, wanted: number) =>
  expect.poll(() => position(name), TIMEOUT).toBe(wanted);

const countTransactions = async () =>
  (await sql`SELECT count(*)::int AS count FROM transactions`)[0]?.count;

const appliedIn = generationTable((define) =>
  define('applied', { position: bigint('position', { mode: 'number' }).notNull() }),
);

/** Events of some accounts in turn. */
function someEvents(accounts: number, length: number) {
  const histories = Array.from({ length: accounts }, (_, index) =>
    toSimpleHistory(`ACC${index}`, length).map(toStoredEvent),
  );
  return Array.from({ length }, (_, turn) =>
    histories.flatMap((history) => history[turn] ?? []),
  ).flat();
}

describe('a projector', () => {
  it('starts by itself, and finds new events without being woken', async () => {
    const events = someEvents(2, 10);
    await ingest(events.slice(0, 10));
    start(transactionsView);
    await reaches('transactions', 10);
    await ingest(events.slice(10));
    await reaches('transactions', 20);
    expect(await countTransactions()).toBe(18);
  });

  it('tells who listens of each move', async () => {
    const moves: unknown[] = [];
    createNotifications(postgres).subscribe(({ channel, payload }) => {
      moves.push(channel === 'playhead_projection' ? JSON.parse(payload) : channel);
    });
    await expect.poll(() => moves, TIMEOUT).toEqual(['listening']);
    await ingest(someEvents(1, 5));
    start(transactionsView, { batchSize: 3 });
    await expect
      .poll(() => moves, TIMEOUT)
      .toEqual([
        'listening',
        'playhead_journal',
        { name: 'transactions', position: 3 },
        { name: 'transactions', position: 5 },
      ]);
  });

  it('shares a projection with others, each batch applied once and in order', async () => {
    // Rows that do not know what they hold: only the checkpoint keeps them right.
    await sql`CREATE TABLE applied (place serial, position bigint)`;
    const log: PostgresView = {
      name: 'log',
      version: 1,
      aggregate: accountAggregate,
      idColumn: 'position',
      tables: [{ in: appliedIn, write: 'append' }],
      load: async () => new Map(),
      initial: { version: 0 },
      fold: (held, events) => ({
        held,
        rows: [events.map(({ eventSequence }) => ({ position: eventSequence }))],
      }),
    };
    // Of one account, so that an event's sequence is its position.
    const events = someEvents(1, 300);
    const projectors = [1, 2, 7].map((batchSize) => start(log, { batchSize }));
    for (let next = 0; next < events.length; next += 25) {
      await ingest(events.slice(next, next + 25));
      for (const projector of projectors) {
        projector.wake();
      }
    }
    await reaches('log', 300);
    const applied = await sql`SELECT position::int FROM applied ORDER BY place`;
    expect(applied.map((row) => row.position)).toEqual(events.map((_, index) => index + 1));
    expect(projectors.map((projector) => projector.status().error)).toEqual([null, null, null]);
  });

  it('leaves no half of a batch that fails, shows why, and gets on when it passes', async () => {
    let isBroken = true;
    const fragile: typeof transactionsView = {
      ...transactionsView,
      fold: (held, events, id) => {
        if (isBroken && events.some(({ eventSequence }) => eventSequence === 8)) {
          throw Object.assign(new Error('The database is shutting down.'), { code: '57P01' });
        }
        return transactionsView.fold(held, events, id);
      },
    };
    await ingest(someEvents(1, 20));
    const projector = start(fragile, { batchSize: 5 });
    await expect
      .poll(() => projector.status().error, TIMEOUT)
      .toBe('The database is shutting down.');
    expect(Date.parse(projector.status().errorSince ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(await position('transactions')).toBe(5);
    expect(await countTransactions()).toBe(4);

    isBroken = false;
    await reaches('transactions', 20);
    await expect
      .poll(projector.status, TIMEOUT)
      .toEqual({ name: 'transactions', error: null, errorSince: null });
    expect(await countTransactions()).toBe(19);
  });

  it('stands still before tables of another version', async () => {
    await ingest(someEvents(1, 6));
    await start(accountsView).stop();
    await reaches('accounts', 6);
    await ingest(someEvents(2, 6));
    const next = start({ ...accountsView, version: 2 });
    await expect
      .poll(() => next.status().error, TIMEOUT)
      .toBe('The tables of accounts hold version 1, the code is version 2: rebuild it.');
    expect(await position('accounts')).toBe(6);
  });

  it('survives PostgreSQL, and goes on where it was', async () => {
    const proxy = await createTcpProxy(postgres.url);
    const through = createPostgres({ DATABASE_URL: proxy.url }, { application: 'test', max: 2 });
    const projector = start(transactionsView, { on: { ...postgres, ...through } });
    const events = someEvents(3, 20);
    await ingest(events.slice(0, 30));
    await reaches('transactions', 30);
    proxy.cut();
    await ingest(events.slice(30));
    await expect
      .poll(() => projector.status().error, TIMEOUT)
      .toMatch(/ECONNRESET|Connection terminated/);
    proxy.restore();
    await reaches('transactions', 60);
    expect(await countTransactions()).toBe(57);
    await projector.stop();
    await through.close();
    await proxy.close();
  });

  it('takes over from a worker that died, within five seconds', async () => {
    await ingest(someEvents(1, 4));
    await sql`INSERT INTO projections (name, version, claimed_by, claimed_until)
      VALUES ('accounts', 1, 'dead', clock_timestamp() + make_interval(secs => ${CLAIM_MS / 1_000}))`;
    const startedAt = performance.now();
    const projector = start(accountsView);
    await reaches('accounts', 4);
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(5);
    expect(projector.status().error).toBeNull();
  });

  it('stands by while another worker has the claim, and follows when that gives it up', async () => {
    const [one, two] = [start(accountsView), start(accountsView)];
    const claimedBy = async () =>
      (await sql`SELECT claimed_by FROM projections WHERE name = 'accounts'`)[0]?.claimed_by;
    createNotifications(postgres).subscribe(({ channel }) => {
      if (channel === CONTROL_CHANNEL) {
        one.review();
        two.review();
      }
    });
    await ingest(someEvents(1, 4));
    await reaches('accounts', 4);
    const first = await claimedBy();
    await ingest(someEvents(2, 4));
    await reaches('accounts', 8);
    expect(await claimedBy()).toBe(first);
    await one.stop();
    await expect.poll(claimedBy, { timeout: 1_000, interval: 10 }).not.toBe(null);
    await ingest(someEvents(3, 4));
    await reaches('accounts', 12);
    await two.stop();
    expect(await claimedBy()).toBeNull();
  });

  it('finishes the batch in hand before it stops', async () => {
    const gate = createWakeSignal();
    const entered = createWakeSignal();
    const slow: PostgresView = {
      ...accountsView,
      load: async (tx, schema, ids) => {
        entered.wake();
        await gate.sleep(30_000);
        return accountsView.load(tx, schema, ids);
      },
    };
    await ingest(someEvents(1, 4));
    const projector = start(slow);
    await entered.sleep(30_000);
    const stopped = projector.stop();
    gate.wake();
    await stopped;
    expect(await position('accounts')).toBe(4);
    expect(await sql`SELECT account_id FROM accounts`).toEqual([{ account_id: 'ACC0' }]);
  });
});
