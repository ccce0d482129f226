import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PlayheadError } from '#lib/playhead-error.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createLogger } from '#server/runtime/platform/logger.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { getProjectionStatuses } from '#server/runtime/views/get-projection-statuses.ts';
import { createJournalReader } from '#server/runtime/views/journal-reader.ts';
import { pauseProjection, resumeProjection } from '#server/runtime/views/pause-projection.ts';
import { createProjector, type Projector } from '#server/runtime/views/projector.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { TEST_CODEC, toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import type { DeadLetterDeps } from './dead-letter-deps.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { retryDeadLetters } from './retry-dead-letters.ts';
import { skipDeadLetter } from './skip-dead-letter.ts';

const [dynamo, postgres] = await Promise.all([createTestDynamo(), createTestPostgres()]);
const { db, sql } = postgres;
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const deps: DeadLetterDeps & { store: typeof store } = {
  db,
  dynamo,
  store,
  registered: TEST_REGISTRY,
};
const ingest = createIngest({ db, store });
const hotViews = createHotViews({ dynamo, store, hotViews: TEST_REGISTRY.hotViews });
const operator = { actor: 'olga', reason: 'after the fix' };
const projectors: Projector[] = [];

/** The event store's items with the mistakes in them, as the stream would deliver them. */
const items: Record<string, unknown>[] = [];

const put = (item: Record<string, unknown>) =>
  dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item: item }));

/** Ten events of an account; `change` spoils the one with this sequence. */
async function write(id: string, spoilt: number, change: (event: StoredEvent) => object) {
  for (const event of toSimpleHistory(id, 10).map(toStoredEvent)) {
    const item = { ...(event.eventSequence === spoilt ? change(event) : event) };
    items.push(item);
    await put(item);
  }
}

/** Puts the right event in the place of a spoilt one, in the event store and in the journal. */
async function repair(id: string, sequence: number) {
  const event = toStoredEvent(toSimpleHistory(id, 10)[sequence - 1] ?? raise());
  await put({ ...event });
  await sql`UPDATE journal SET event_type = ${event.eventType}, version = ${event.version}
    WHERE aggregate_id = ${event.aggregateId} AND event_sequence = ${sequence}`;
}

beforeAll(async () => {
  await write('GOOD', 0, (event) => event);
  await write('A1', 5, (event) => ({ ...event, eventType: 'MoneyPrinted' }));
  await write('A2', 7, (event) => ({ ...event, eventType: 'MoneyPrinted' }));
  await write('B', 4, (event) => ({ ...event, version: 9 }));
  await write('C', 3, (event) => ({ ...event, metadata: 'none' }));
  const logger = createLogger({ LOG_LEVEL: 'silent' }, 'test');
  projectors.push(
    ...TEST_REGISTRY.views.map((projection) =>
      createProjector({
        postgres,
        journal: createJournalReader(postgres.db, TEST_CODEC),
        projection,
        workerId: 'w1',
        logger,
      }),
    ),
  );
  const events = items.map(toDeliveredEvent);
  await Promise.all([ingest(events), hotViews(events)]);
  await vi.waitFor(
    async () => {
      const [row] = await sql`SELECT count(*)::int AS done FROM projections WHERE position = 42`;
      expect(row?.done).toBe(TEST_REGISTRY.views.length);
    },
    { timeout: 20_000 },
  );
});

afterAll(async () => {
  await Promise.all(projectors.map((projector) => projector.stop()));
  await postgres.close();
  dynamo.close();
});

/** What a list shows of each group, in short. */
async function listed(filter: unknown = {}, on: typeof deps = deps) {
  const { groups } = await listDeadLetters(on, filter);
  return groups
    .map(
      ({ projection, category, aggregates, waiting, letters }) =>
        `${projection} ${category}: ${letters
          .map((letter) => `${letter.aggregateId}/${letter.eventSequence}+${letter.waiting}`)
          .join(' ')} (${aggregates}, ${waiting})`,
    )
    .toSorted();
}

const VIEWS = [
  ...TEST_REGISTRY.views.map(({ name }) => name),
  'account-balances',
  'recent-transactions',
];
const DEAD = VIEWS.flatMap((view) => [
  `${view} unknown-type: account#A1/5+5 account#A2/7+3 (2, 8)`,
  `${view} unreadable: account#B/4+6 (1, 6)`,
]);
const DEAD_ITEM = ['account-balances', 'journal', 'recent-transactions'].map(
  (view) => `${view} unreadable: account#C/3+7 (1, 7)`,
);

describe('listDeadLetters', () => {
  it('groups them by error, with what waits behind each', async () => {
    expect(await listed()).toEqual([...DEAD, ...DEAD_ITEM].toSorted());
  });

  it('lists what a filter means', async () => {
    expect(await listed({ projection: 'accounts' })).toHaveLength(2);
    expect(await listed({ projection: 'recent-transactions', category: 'unreadable' })).toEqual([
      'recent-transactions unreadable: account#B/4+6 (1, 6)',
      'recent-transactions unreadable: account#C/3+7 (1, 7)',
    ]);
    expect(await listed({ aggregateId: 'account#A2' })).toEqual(
      VIEWS.map((view) => `${view} unknown-type: account#A2/7+3 (1, 3)`).toSorted(),
    );
    const [group] = (await listDeadLetters(deps, { projection: 'journal' })).groups;
    expect(group).toMatchObject({
      errorGroup:
        'The item …/# is not an event: metadata: Invalid input: expected object, received string',
    });
    expect(await listed({ errorGroup: group?.errorGroup })).toHaveLength(3);
    expect(group?.letters[0]).toMatchObject({
      status: 'dead',
      attempts: 1,
      position: null,
      rawItem: expect.stringContaining('"metadata":"none"'),
    });
  });

  it('shows some of a large group, and how many there are', async () => {
    const { groups } = await listDeadLetters(
      deps,
      { projection: 'accounts', category: 'unknown-type' },
      { limit: 1 },
    );
    expect(groups).toMatchObject([
      { aggregates: 2, waiting: 8, letters: [{ aggregateId: 'account#A1' }] },
    ]);
  });

  it('shows the one database’s while the other one is down', async () => {
    const down = createPostgres(
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
      { application: 'test', max: 1 },
    );
    const list = await listDeadLetters({ ...deps, db: down.db });
    expect(list.problems).toEqual([expect.stringContaining('ECONNREFUSED')]);
    expect(new Set(list.groups.map(({ projection }) => projection))).toEqual(
      new Set(['account-balances', 'recent-transactions']),
    );
    await down.close();
  });

  it('refuses a filter that means nothing', async () => {
    await expect(listDeadLetters(deps, { projection: 'acounts' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('There are: journal, accounts, transactions'),
    });
    await expect(listDeadLetters(deps, { account: 'A1' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

const status = async (name: string) =>
  (await getProjectionStatuses(db, TEST_REGISTRY.views, { workers: [], now: new Date() })).find(
    (each) => each.name === name,
  );

describe('getProjectionStatuses', () => {
  it('tells what is blocked, who runs it, and what is paused', async () => {
    expect(await status('accounts')).toMatchObject({
      kind: 'blocked',
      reason: '3 aggregates wait at dead letters.',
      claimedBy: 'w1',
      deadLetters: 3,
    });
    const accounts = TEST_REGISTRY.views[0] ?? raise();
    await pauseProjection(db, accounts, operator);
    expect(await status('accounts')).toMatchObject({
      kind: 'paused',
      reason: 'Paused by olga: after the fix',
      claimedBy: null,
    });
    await resumeProjection(db, accounts, operator);
    await expect.poll(async () => (await status('accounts'))?.claimedBy).toBe('w1');
    const next = TEST_REGISTRY.views.map((projection) => ({ ...projection, version: 2 }));
    const now = new Date();
    expect(await getProjectionStatuses(db, next, { workers: [], now })).toMatchObject(
      next.map(({ name }) => ({ name, kind: 'outdated' })),
    );
  });
});

describe('retryDeadLetters', () => {
  it('says what stays dead', async () => {
    const summary = await retryDeadLetters(deps, { projection: 'accounts' }, operator);
    expect(summary).toMatchObject({ retried: 3, settled: 0, applied: 0 });
    expect(summary.dead.map(({ aggregateId, at }) => `${aggregateId}/${at}`).toSorted()).toEqual([
      'account#A1/5',
      'account#A2/7',
      'account#B/4',
    ]);
    expect(
      (await listDeadLetters(deps, { projection: 'accounts' })).groups[0]?.letters[0]?.attempts,
    ).toBe(4);
  });

  it('retries what a filter means, in every view at once', async () => {
    await repair('A1', 5);
    await repair('A2', 7);
    expect(await retryDeadLetters(deps, { category: 'unknown-type' }, operator)).toEqual({
      retried: 12,
      settled: 12,
      applied: 6 * (6 + 4),
      dead: [],
      failed: [],
    });
    expect(await listed()).toEqual(
      [...VIEWS.map((view) => `${view} unreadable: account#B/4+6 (1, 6)`), ...DEAD_ITEM].toSorted(),
    );
    const rows = await sql`SELECT account_id, version FROM accounts ORDER BY account_id`;
    expect(Object.fromEntries(rows.map((row) => [row.account_id, row.version]))).toEqual({
      A1: 10,
      A2: 10,
      B: 3,
      C: 2,
      GOOD: 10,
    });
  });

  it('goes on with the others where one cannot be tried', async () => {
    const getRawItem: typeof store.getRawItem = async () => {
      throw new PlayheadError('UNEXPECTED', 'Nobody knows.');
    };
    const broken = { ...store, getRawItem };
    const summary = await retryDeadLetters({ ...deps, store: broken }, {}, operator);
    const left = TEST_REGISTRY.views.map(({ name }) => name);
    expect(summary.failed.map(({ projection }) => projection).toSorted()).toEqual([
      'account-balances',
      'journal',
      'recent-transactions',
    ]);
    expect(summary.failed).toContainEqual(
      expect.objectContaining({ aggregateId: 'account#C', error: 'Nobody knows.' }),
    );
    expect(summary.dead.map(({ projection }) => projection)).toEqual(expect.arrayContaining(left));
  });

  it('reaches the hot views while PostgreSQL is down, and says that it is', async () => {
    await repair('B', 4);
    const down = createPostgres(
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
      { application: 'test', max: 1 },
    );
    const filter = { aggregateId: 'account#B' };
    const summary = await retryDeadLetters({ ...deps, db: down.db }, filter, operator);
    expect(summary).toMatchObject({ retried: 2, settled: 2 });
    expect(summary.failed.map(({ projection }) => projection)).toEqual([
      'journal',
      ...TEST_REGISTRY.views.map(({ name }) => name),
    ]);
    await down.close();
    expect(await listed({ aggregateId: 'account#B' })).toEqual(
      TEST_REGISTRY.views.map(({ name }) => `${name} unreadable: account#B/4+6 (1, 6)`).toSorted(),
    );
  });
});

describe('skipDeadLetter', () => {
  const skip = (projection: string, changes: object = {}) =>
    skipDeadLetter(
      deps,
      { projection, aggregateId: 'account#C', eventSequence: 3, reason: 'a mistake', ...changes },
      'olga',
    );

  it('wants to know why, and of what', async () => {
    await expect(skip('journal', { reason: ' ' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(skip('journal', { eventSequence: 4 })).rejects.toMatchObject({
      code: 'DEAD_LETTER_NOT_FOUND',
    });
    await expect(skip('accounts')).rejects.toMatchObject({ code: 'DEAD_LETTER_NOT_FOUND' });
  });

  it('leaves an item that is no event out of the journal, and so of the projections', async () => {
    expect(await skip('journal')).toEqual({ kind: 'applied', applied: 7 });
    for (const view of ['account-balances', 'recent-transactions']) {
      expect(await skip(view)).toMatchObject({ kind: 'applied' });
    }
    await expect
      .poll(async () => (await sql`SELECT version FROM accounts WHERE account_id = 'C'`)[0])
      .toEqual({ version: 10 });
    expect(await listed({ aggregateId: 'account#C' })).toEqual([]);
    const { groups } = await listDeadLetters(deps, {}, { skipped: true });
    expect(
      groups.map(({ projection, letters }) => [projection, letters[0]?.skipped?.reason]),
    ).toEqual([
      ['journal', 'a mistake'],
      ['account-balances', 'a mistake'],
      ['recent-transactions', 'a mistake'],
    ]);
    await retryDeadLetters(deps, {}, operator);
    expect(await listed()).toEqual([]);
    expect(await status('accounts')).toMatchObject({ kind: 'running' });
  });
});

function raise(): never {
  throw new Error('There is none.');
}
