import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountsView } from '#server/modules/bank/views/accounts/accounts-view.ts';
import { transactionsView } from '#server/modules/bank/views/transactions/transactions-view.ts';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import { createProjector, type Projector } from '#server/runtime/views/projector.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { EMPTY_STORE } from '#server/testing/empty-store.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { findDead, retryProjected, skipProjected } from './retry-projected.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;
const ingest = createIngest({ db, store: EMPTY_STORE });
const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const running: Projector[] = [];
const operator = { actor: 'olga', reason: 'tested' };

const start = (projection: PostgresView, options: { batchSize?: number } = {}) => {
  const projector = createProjector({
    postgres,
    journal: createJournalReader(postgres.db, TEST_CODEC),
    projection,
    workerId: randomUUID(),
    logger,
    ...options,
  });
  running.push(projector);
  return projector;
};

beforeEach(async () => {
  await sql`TRUNCATE journal, journal_aggregates, journal_head, projections, accounts, transactions,
    dead_letters, operator_actions`;
  await sql`ALTER TABLE transactions DROP CONSTRAINT IF EXISTS not_b5`;
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});

afterAll(() => postgres.close());

const TIMEOUT = { timeout: 20_000, interval: 10 };

const positionOf = async (name: string) =>
  Number((await sql`SELECT position FROM projections WHERE name = ${name}`)[0]?.position ?? 0);
const reaches = (name: string, wanted: number) =>
  expect.poll(() => positionOf(name), TIMEOUT).toBe(wanted);

const dead = () => sql`
  SELECT projection, aggregate_id, event_sequence, category, attempts, status FROM dead_letters
  ORDER BY projection, aggregate_id, event_sequence
`;

/** By account, the version that `accounts` holds and the newest sequence of `transactions`. */
async function versions() {
  const rows = await sql`
    SELECT account_id, a.version, (
      SELECT max(sequence) FROM transactions t WHERE t.account_id = a.account_id
    ) AS newest FROM accounts a ORDER BY account_id
  `;
  return Object.fromEntries(rows.map((row) => [row.account_id, [row.version, row.newest]]));
}

/** Three accounts' events in turn, ten of each; the fifth of account B is changed. */
function poisoned(change: (event: StoredEvent) => StoredEvent, length = 10): StoredEvent[] {
  const histories = ['A', 'B', 'C'].map((id) => toSimpleHistory(id, length).map(toStoredEvent));
  return Array.from({ length }, (_, turn) =>
    histories.flatMap((history) => history.slice(turn, turn + 1)),
  )
    .flat()
    .map((event) =>
      event.aggregateId === 'account#B' && event.eventSequence === 5 ? change(event) : event,
    );
}

/** Transactions whose handler has a bug, as long as `isBroken`. */
function createFragile() {
  const bug = {
    isBroken: true,
    seen: [] as string[],
    projection: {
      ...transactionsView,
      fold: (held, events, id) => {
        const folded = transactionsView.fold(held, events, id);
        bug.seen.push(...events.map((event) => `${event.aggregateId}/${event.eventSequence}`));
        if (bug.isBroken && events.some(isPoison)) {
          throw new TypeError('Cannot read properties of undefined');
        }
        return folded;
      },
    } satisfies typeof transactionsView,
  };
  return bug;
}

const isPoison = (event: RecordedEvent) =>
  event.aggregateId === 'account#B' && event.eventSequence === 5;
const key = (projection: string, eventSequence = 5) => ({
  projection,
  aggregateId: 'account#B',
  eventSequence,
});

type Poison = {
  readonly change?: (event: StoredEvent) => StoredEvent;
  readonly category: string;
  /** Makes it so that the event can be applied. */
  readonly fix: () => Promise<unknown>;
  readonly prepare?: () => Promise<unknown>;
};

const readableAgain = () => sql`
  UPDATE journal SET event_type = good.event_type, event_data = good.event_data, version = 1
  FROM journal good
  WHERE journal.aggregate_id = 'account#B' AND journal.event_sequence = 5
    AND good.aggregate_id = 'account#A' AND good.event_sequence = 5
`;
const bug = createFragile();

const POISONS: Readonly<Record<string, Poison>> = {
  'of an unknown type': {
    change: (event) => ({ ...event, eventType: 'MoneyPrinted' }),
    category: 'unknown-type',
    fix: () => readableAgain(),
  },
  'of a version that no upcaster reads': {
    change: (event) => ({ ...event, version: 99 }),
    category: 'unreadable',
    fix: () => readableAgain(),
  },
  'with a broken payload': {
    change: (event) => ({ ...event, eventData: { amount: 'plenty', currency: 'EUR' } }),
    category: 'unreadable',
    fix: () => readableAgain(),
  },
  'whose row violates a constraint': {
    category: 'constraint',
    prepare: () => sql`ALTER TABLE transactions
      ADD CONSTRAINT not_b5 CHECK (NOT (account_id = 'B' AND sequence = 5))`,
    fix: () => sql`ALTER TABLE transactions DROP CONSTRAINT IF EXISTS not_b5`,
  },
  'that the handler throws at': {
    category: 'handler',
    prepare: async () => {
      bug.isBroken = true;
    },
    fix: async () => {
      bug.isBroken = false;
    },
  },
};

describe.each(Object.entries(POISONS))('an event %s', (_, poison) => {
  const isReadable = poison.change === undefined;
  /** What cannot be read is dead in every projection; the rest in one of them only. */
  const projections = isReadable ? ['transactions'] : ['accounts', 'transactions'];

  beforeEach(async () => {
    bug.isBroken = false;
    bug.seen = [];
    await poison.prepare?.();
    await ingest(poisoned(poison.change ?? ((event) => event)));
    start(accountsView);
    start(bug.projection);
    await Promise.all([reaches('accounts', 30), reaches('transactions', 30)]);
  });

  it('blocks one account in the projections that it cannot be applied to, and nothing else', async () => {
    expect(await dead()).toEqual(
      projections.map((projection) => ({
        projection,
        aggregate_id: 'account#B',
        event_sequence: 5,
        category: poison.category,
        attempts: 3,
        status: 'dead',
      })),
    );
    expect(await versions()).toEqual({
      A: [10, 10],
      B: [isReadable ? 10 : 4, 4],
      C: [10, 10],
    });
    expect(running.map((projector) => projector.status().error)).toEqual([null, null]);
  });

  it('follows when it is fixed and retried, with all that waits behind it in order', async () => {
    await poison.fix();
    bug.seen = [];
    for (const projection of [accountsView, bug.projection]) {
      const found = await findDead(db, projection.name, {});
      expect(found).toHaveLength(projections.includes(projection.name) ? 1 : 0);
      for (const letter of found) {
        expect(await retryProjected(db, projection, letter, operator)).toEqual({
          kind: 'applied',
          applied: 6,
        });
        expect(await retryProjected(db, projection, letter, operator)).toEqual({ kind: 'gone' });
      }
    }
    expect(bug.seen).toEqual([5, 6, 7, 8, 9, 10].map((sequence) => `account#B/${sequence}`));
    expect(await dead()).toEqual([]);
    expect(await versions()).toEqual({ A: [10, 10], B: [10, 10], C: [10, 10] });
    // The account is live again.
    await ingest(toSimpleHistory('B', 12).slice(10).map(toStoredEvent));
    await Promise.all([reaches('accounts', 32), reaches('transactions', 32)]);
    expect(await versions()).toMatchObject({ B: [12, 12] });
    const actions = await sql`SELECT actor, reason, action, subject, effect FROM operator_actions
      ORDER BY subject`;
    expect(actions).toEqual(
      projections.map((subject) => ({
        actor: 'olga',
        reason: 'tested',
        action: 'retry-dead-letter',
        subject,
        effect: { ...key(subject), outcome: 'applied', kind: 'applied', applied: 6 },
      })),
    );
  });

  it('stays dead when it is retried unfixed, with one attempt more', async () => {
    const [first] =
      await sql`SELECT first_failed_at FROM dead_letters WHERE projection = 'transactions'`;
    expect(await retryProjected(db, bug.projection, key('transactions'), operator)).toMatchObject({
      kind: 'dead',
      applied: 0,
      at: 5,
    });
    const [letter] = await sql`SELECT * FROM dead_letters WHERE projection = 'transactions'`;
    expect(letter).toMatchObject({ attempts: 4, first_failed_at: first?.first_failed_at });
    expect(letter?.last_failed_at > first?.first_failed_at).toBe(true);
    expect(await sql`SELECT effect->>'outcome' AS outcome FROM operator_actions`).toEqual([
      { outcome: 'dead' },
    ]);
  });

  it('is left out when it is skipped, and the events behind it follow', async () => {
    for (const projection of [accountsView, bug.projection]) {
      if (projections.includes(projection.name)) {
        expect(await skipProjected(db, projection, key(projection.name), operator)).toEqual({
          kind: 'applied',
          applied: 5,
        });
      }
    }
    expect(await versions()).toMatchObject({ B: [10, 10] });
    const [left] =
      await sql`SELECT count(*)::int AS count FROM transactions WHERE account_id = 'B'`;
    expect(left?.count).toBe(8);
    await ingest(toSimpleHistory('B', 12).slice(10).map(toStoredEvent));
    await Promise.all([reaches('accounts', 32), reaches('transactions', 32)]);
    expect(await versions()).toMatchObject({ B: [12, 12] });
    expect(await sql`SELECT status, skipped_by, skip_reason FROM dead_letters`).toEqual(
      projections.map(() => ({ status: 'skipped', skipped_by: 'olga', skip_reason: 'tested' })),
    );
  });
});

describe('dead letters', () => {
  beforeEach(() => {
    bug.isBroken = true;
  });

  it('hold back nothing else, however the events are batched', async () => {
    await ingest(poisoned((event) => event));
    for (const batchSize of [1, 2, 7, 30]) {
      await sql`TRUNCATE projections, transactions, dead_letters`;
      const projector = start(bug.projection, { batchSize });
      await reaches('transactions', 30);
      await projector.stop();
      expect(await dead()).toMatchObject([{ event_sequence: 5, attempts: 3 }]);
      const rows =
        await sql`SELECT account_id, max(sequence) AS newest, count(*)::int FROM transactions
        GROUP BY account_id ORDER BY account_id`;
      expect(rows).toEqual([
        { account_id: 'A', newest: 10, count: 9 },
        { account_id: 'B', newest: 4, count: 3 },
        { account_id: 'C', newest: 10, count: 9 },
      ]);
    }
  });

  it('are not made of what passes, nor of what concerns every event', async () => {
    await ingest(poisoned((event) => event));
    let isGone = false;
    const failing: PostgresView = {
      ...transactionsView,
      load: async (tx, schema, ids) => {
        await tx.execute(isGone ? 'SELECT 1' : 'SELECT * FROM no_such_table');
        return transactionsView.load(tx, schema, ids);
      },
    };
    const projector = start(failing);
    await expect
      .poll(() => projector.status().error, TIMEOUT)
      .toBe('relation "no_such_table" does not exist');
    expect(await positionOf('transactions')).toBe(0);
    isGone = true;
    await reaches('transactions', 30);
    expect(await dead()).toEqual([]);
  });

  it('move on to the next event that fails, and what came before it stays applied', async () => {
    const events = poisoned((event) => ({ ...event, eventType: 'MoneyPrinted' })).map((event) =>
      event.aggregateId === 'account#B' && event.eventSequence === 8
        ? { ...event, version: 7 }
        : event,
    );
    await ingest(events);
    start(accountsView);
    await reaches('accounts', 30);
    await readableAgain();
    expect(await retryProjected(db, accountsView, key('accounts'), operator)).toMatchObject({
      kind: 'dead',
      applied: 3,
      at: 8,
      error: expect.stringContaining('account#B/8'),
    });
    expect(await dead()).toMatchObject([
      { event_sequence: 8, category: 'unreadable', attempts: 1, status: 'dead' },
    ]);
    expect(await sql`SELECT version FROM accounts WHERE account_id = 'B'`).toEqual([
      { version: 7 },
    ]);
    expect(await skipProjected(db, accountsView, key('accounts', 8), operator)).toMatchObject({
      kind: 'applied',
      applied: 2,
    });
    expect(await sql`SELECT version FROM accounts WHERE account_id = 'B'`).toEqual([
      { version: 10 },
    ]);
  });

  it('lose and double nothing while live events go on', async () => {
    const length = 120;
    const events = poisoned((event) => event, length);
    const projector = start(bug.projection, { batchSize: 5 });
    await ingest(events.slice(0, 45));
    await reaches('transactions', 45);
    let isIngested = false;
    const live = (async () => {
      for (let next = 45; next < events.length; next += 9) {
        await ingest(events.slice(next, next + 9));
        projector.wake();
      }
      isIngested = true;
    })();
    let retries = 0;
    while (!isIngested) {
      retries += 1;
      bug.isBroken = retries % 3 !== 0;
      await retryProjected(db, bug.projection, key('transactions'), operator);
    }
    await live;
    bug.isBroken = false;
    await retryProjected(db, bug.projection, key('transactions'), operator);
    await reaches('transactions', events.length);
    expect(await dead()).toEqual([]);
    const rows =
      await sql`SELECT sequence FROM transactions WHERE account_id = 'B' ORDER BY sequence`;
    expect(rows.map((row) => row.sequence)).toEqual(
      Array.from({ length: length - 1 }, (_, index) => index + 2),
    );
  });

  it('are as they were when a retry is cut off in the middle', async () => {
    await ingest(poisoned((event) => event));
    start(bug.projection);
    await reaches('transactions', 30);
    bug.isBroken = false;
    const before = await sql`SELECT * FROM dead_letters`;
    const proxy = await createTcpProxy(postgres.url);
    const through = createPostgres({ DATABASE_URL: proxy.url }, { application: 'test', max: 1 });
    const cutOff: typeof transactionsView = {
      ...bug.projection,
      fold: (held, events, id) => {
        const folded = bug.projection.fold(held, events, id);
        proxy.cut();
        return folded;
      },
    };
    await expect(
      retryProjected(through.db, cutOff, key('transactions'), operator),
    ).rejects.toThrow();
    await through.close();
    await proxy.close();
    // What the cut-off session held is free again once PostgreSQL has noticed.
    expect(await retryProjected(db, bug.projection, key('transactions', 4), operator)).toEqual({
      kind: 'gone',
    });
    expect(await sql`SELECT * FROM dead_letters`).toEqual(before);
    expect(await sql`SELECT max(sequence) FROM transactions WHERE account_id = 'B'`).toEqual([
      { max: 4 },
    ]);
    expect(await sql`SELECT 1 FROM operator_actions`).toEqual([]);
    expect(await retryProjected(db, bug.projection, key('transactions'), operator)).toMatchObject({
      applied: 6,
    });
  });

  it('of another version of the projection are refused', async () => {
    await ingest(poisoned((event) => event));
    start(bug.projection);
    await reaches('transactions', 30);
    const next = { ...bug.projection, version: 2 };
    await expect(retryProjected(db, next, key('transactions'), operator)).rejects.toMatchObject({
      code: 'PROJECTION_OUTDATED',
    });
    expect(await dead()).toHaveLength(1);
  });
});
