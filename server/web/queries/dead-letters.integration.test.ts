import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  deadLetterDetailSchema,
  deadLetterPageSchema,
  deadLettersSchema,
} from '#lib/contracts/dead-letters.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { MOST_HOT_READ } from '#server/runtime/dead-letters/hot-causes.ts';
import { putHotDead } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import { retryDeadLetters } from '#server/runtime/dead-letters/retry-dead-letters.ts';
import { skipDeadLetter } from '#server/runtime/dead-letters/skip-dead-letter.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createDynamo } from '#server/runtime/platform/dynamo.ts';
import { createPostgres } from '#server/runtime/platform/postgres.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getTestDynamoEndpoint } from '#server/testing/engines.ts';
import { createTcpProxy } from '#server/testing/tcp-proxy.ts';
import { deadLetterDetailQuerySchema, getDeadLetterDetail } from './dead-letter-detail.ts';
import { deadLetterPageQuerySchema, getDeadLetterPage } from './dead-letter-page.ts';
import { deadLettersQuerySchema, getDeadLetters } from './dead-letters.ts';

let bank: TestBank;
let deps: Parameters<typeof getDeadLetterDetail>[0];

const PROJECTED = ['account-summaries', 'accounts', 'daily-balances', 'transactions'];
const HOT = ['account-balances', 'recent-transactions'];

type Item = Record<string, unknown>;

const toItem = (id: string, eventSequence: number, more: Item = {}): Item => ({
  aggregateId: `account#${id}`,
  eventSequence,
  eventId: `${id}-${eventSequence}`,
  eventType: 'MoneyPrinted',
  eventData: { amount: 'much' },
  correlationId: 'c',
  causationId: 'c',
  timestamp: new Date().toISOString(),
  version: 1,
  metadata: { actor: 'tester', commandId: 'c', commandType: 'PrintMoney' },
  ...more,
});

/** Puts items into the event store, and delivers them. */
async function deliver(...items: Item[]): Promise<void> {
  for (const item of items) {
    const TableName = bank.dynamo.tables.events;
    await bank.dynamo.documents.send(new PutCommand({ TableName, Item: item }));
  }
  const events = items.map(toDeliveredEvent);
  const { store, dynamo, registered, postgres } = bank;
  await createIngest({ db: postgres.db, store })(events);
  await createHotViews({ dynamo, store, hotViews: registered.hotViews })(events);
  await bank.settle();
}

beforeAll(async () => {
  bank = await createTestBank();
  deps = { ...bank, db: bank.postgres.db };
  for (const number of ['A', 'B', 'C', 'D']) {
    await bank.run(openAccount, { number, owner: 'Ada', currency: 'EUR' });
    await bank.run(deposit, { accountId: number, amount: '5.00', currency: 'EUR' });
  }
  await bank.settle();
  await deliver(toItem('A', 3), toItem('A', 4, { eventType: 'MoneyBurnt' }));
  await deliver(toItem('B', 3), toItem('C', 3, { metadata: 'none', eventType: 7 }));
});

afterAll(() => bank.close());

async function list(params: Record<string, string> = {}, on = deps) {
  const query = parseQuery(deadLettersQuerySchema, new URLSearchParams(params));
  return deadLettersSchema.parse(await getDeadLetters(on, query));
}

async function page(params: Record<string, string>) {
  const query = parseQuery(deadLetterPageQuerySchema, new URLSearchParams(params));
  return deadLetterPageSchema.parse(await getDeadLetterPage(deps, query));
}

async function detail(projection: string, aggregateId: string, sequence: number, on = deps) {
  const params = { projection, aggregateId, eventSequence: `${sequence}` };
  const query = parseQuery(deadLetterDetailQuerySchema, new URLSearchParams(params));
  return deadLetterDetailSchema.parse(await getDeadLetterDetail(on, query));
}

const inShort = ({ causes }: Awaited<ReturnType<typeof list>>) =>
  causes
    .map((cause) => `${cause.projection} ${cause.eventType} ${cause.count}+${cause.waiting}`)
    .toSorted();

it('lists one cause for each error, type and view, with what waits behind', async () => {
  const found = await list();
  expect(inShort(found)).toEqual(
    [
      ...[...PROJECTED, ...HOT].map((view) => `${view} MoneyPrinted 2+1`),
      ...['journal', ...HOT].map((view) => `${view} null 1+0`),
    ].toSorted(),
  );
  expect(found).toMatchObject({ total: 15, atLeast: false, hasMore: false, problems: [] });
  expect(new Set(found.causes.map(({ id }) => id)).size).toBe(9);
  expect(found.facets).toEqual({
    projection: [
      ...HOT.map((value) => ({ value, count: 3 })),
      ...PROJECTED.map((value) => ({ value, count: 2 })),
      { value: 'journal', count: 1 },
    ],
    category: [
      { value: 'unknown-type', count: 12 },
      { value: 'unreadable', count: 3 },
    ],
    eventType: [{ value: 'MoneyPrinted', count: 12 }],
  });
});

it('is narrowed by everything that it shows, each facet without its own', async () => {
  const accounts = await list({ projection: 'accounts' });
  expect(inShort(accounts)).toEqual(['accounts MoneyPrinted 2+1']);
  expect(accounts.total).toBe(2);
  expect(accounts.facets.projection).toHaveLength(7);
  expect(accounts.facets.category).toEqual([{ value: 'unknown-type', count: 2 }]);
  const untyped = await list({ untyped: 'true' });
  expect(untyped.total).toBe(3);
  const { errorGroup = '' } = untyped.causes[0] ?? {};
  expect((await list({ errorGroup, category: 'unreadable' })).total).toBe(3);
  expect(inShort(await list({ aggregateId: 'account#B', projection: HOT[0] ?? '' }))).toEqual([
    `${HOT[0]} MoneyPrinted 1+0`,
  ]);
  expect((await list({ projection: 'no-such-view' })).causes).toEqual([]);
  expect((await list({ aggregateId: 'account#\0' })).total).toBe(0);
  await expect(list({ category: 'odd' })).rejects.toThrow(PlayheadError);
});

it.each(['accounts', 'account-balances'])('turns through the aggregates in %s', async (view) => {
  const [cause] = (await list({ projection: view, eventType: 'MoneyPrinted' })).causes;
  const params = { projection: view, errorGroup: cause?.errorGroup ?? '', limit: '1' };
  const first = await page(params);
  expect(first.items).toMatchObject([
    { aggregateId: 'account#A', eventSequence: 3, waiting: 1, isUnfoldable: true },
  ]);
  const second = await page({ ...params, cursor: first.nextCursor ?? '' });
  expect(second.items).toMatchObject([{ aggregateId: 'account#B', waiting: 0, skipped: null }]);
  const rest = second.nextCursor && (await page({ ...params, cursor: second.nextCursor })).items;
  expect(rest ?? []).toEqual([]);
  await expect(page({ ...params, cursor: 'e30' })).rejects.toThrow('first page');
});

it('shows one in full, with the item as it lies there, and what waits behind', async () => {
  expect(await detail('accounts', 'account#A', 3)).toMatchObject({
    letter: { attempts: 3, waiting: 1, category: 'unknown-type' },
    stack: expect.stringContaining('Error'),
    rawItem: { eventId: 'A-3', eventData: { amount: 'much' } },
    behind: [{ eventSequence: 4, eventType: 'MoneyBurnt', eventId: 'A-4' }],
    problems: [],
  });
  expect(await detail('journal', 'account#C', 3)).toMatchObject({
    letter: { eventType: null },
    rawItem: { metadata: 'none' },
  });
  await expect(detail('accounts', 'account#D', 3)).rejects.toMatchObject({
    code: 'DEAD_LETTER_NOT_FOUND',
  });
});

it('retries those whose type cannot be read by themselves', async () => {
  const filter = { eventType: null, projection: 'account-balances' };
  expect(await retryDeadLetters(deps, filter, { actor: 'olga' })).toMatchObject({ retried: 1 });
  const journal = { eventType: null, projection: 'journal' };
  expect(await retryDeadLetters(deps, journal, { actor: 'olga' })).toMatchObject({ retried: 1 });
});

it('keeps what was skipped, with who and why, and marks what cannot be folded', async () => {
  for (const projection of ['accounts', 'account-balances']) {
    const key = { projection, aggregateId: 'account#B', eventSequence: 3, reason: 'Ticket 7' };
    await skipDeadLetter(deps, key, 'olga');
    expect((await list({ projection })).facets.eventType).not.toEqual([]);
    const skipped = await list({ projection, state: 'skipped' });
    expect(skipped.causes).toMatchObject([{ count: 1, waiting: null, eventType: 'MoneyPrinted' }]);
    const { items } = await page({ projection, state: 'skipped' });
    expect(items).toMatchObject([
      { skipped: { by: 'olga', reason: 'Ticket 7' }, isUnfoldable: true, waiting: null },
    ]);
    expect(await detail(projection, 'account#B', 3)).toMatchObject({ behind: [] });
  }
  // A program that can read it, for the item is another one now.
  const good = { eventType: 'MoneyDeposited', eventData: { amount: 100n, currency: 'EUR' } };
  const TableName = bank.dynamo.tables.events;
  const [, deposited] = await bank.store.read('account#D');
  const Item = { ...deposited, ...toItem('B', 3), eventType: good.eventType };
  await bank.dynamo.documents.send(
    new PutCommand({ TableName, Item: { ...Item, eventData: deposited?.eventData } }),
  );
  const { items } = await page({ projection: 'accounts', state: 'skipped' });
  expect(items).toMatchObject([{ isUnfoldable: false }]);
});

it('says what is not known with a database down or frozen, and shows the rest', async () => {
  const proxies = {
    postgres: await createTcpProxy(bank.postgres.url),
    dynamo: await createTcpProxy(getTestDynamoEndpoint()),
  };
  const postgres = createPostgres(
    { DATABASE_URL: proxies.postgres.url },
    { application: 'letters-test', max: 2 },
  );
  const dynamo = createDynamo({
    DYNAMODB_ENDPOINT: proxies.dynamo.url,
    AWS_REGION: 'us-east-1',
    TABLE_PREFIX: bank.dynamo.tables.prefix,
  });
  const store = createEventStore(dynamo, bank.registered.aggregates);
  const on = { ...deps, db: postgres.db, dynamo, store };
  const views = async () => new Set((await list({}, on)).causes.map((each) => each.projection));
  expect(await views()).toEqual(new Set(['journal', ...PROJECTED, ...HOT]));

  proxies.dynamo.freeze();
  const startedAt = performance.now();
  const found = await list({}, on);
  expect(performance.now() - startedAt).toBeLessThan(8_000);
  expect(found.problems).toEqual([
    'What is in DynamoDB is not known now: DynamoDB does not answer.',
  ]);
  expect(new Set(found.causes.map((each) => each.projection))).toEqual(
    new Set(['journal', ...PROJECTED]),
  );
  // The item is the one that was kept; what waits is not known.
  expect(await detail('journal', 'account#C', 3, on)).toMatchObject({
    letter: { waiting: null },
    rawItem: { metadata: 'none' },
    problems: [expect.stringContaining('DynamoDB')],
  });
  proxies.dynamo.cut();
  proxies.dynamo.restore();

  proxies.postgres.freeze();
  const half = await list({}, on);
  expect(half.problems).toEqual([
    'What is in PostgreSQL is not known now: PostgreSQL does not answer.',
  ]);
  expect(new Set(half.causes.map((each) => each.projection))).toEqual(new Set(HOT));
  proxies.postgres.cut();
  await postgres.close();
  dynamo.close();
  await Promise.all([proxies.postgres.close(), proxies.dynamo.close()]);
});

it('stays bounded, and says so, however many there are', async () => {
  const { sql } = bank.postgres;
  await sql`INSERT INTO dead_letters (projection, aggregate_id, event_sequence, event_id, event_type,
      category, error, error_group, stack, attempts, first_failed_at, last_failed_at, status)
    SELECT 'accounts', 'account#X' || n, 3, 'X' || n, 'Odd' || n % 300, 'handler', 'Boom ' || n,
      'Boom #', repeat('at fold ', 200), 3, now() - interval '1 day', now(), 'dead'
    FROM generate_series(1, 20000) AS n`;
  const hot = async (index: number) =>
    putHotDead(bank.dynamo, 'recent-transactions', `account#Y${index}`, {
      ...{ eventSequence: 2, eventId: null, eventType: 'Odd', category: 'handler' as const },
      ...{ error: 'Boom', errorGroup: 'Boom', stack: null, rawItem: null, attempts: 1 },
      ...{ firstFailedAt: new Date().toISOString(), lastFailedAt: new Date().toISOString() },
      status: 'dead',
    });
  for (let index = 0; index <= MOST_HOT_READ; index += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, n) => hot(index + n)));
  }
  const found = await list();
  expect(found).toMatchObject({ hasMore: true, atLeast: true, problems: [] });
  expect(found.causes).toHaveLength(200);
  expect(found.total).toBeGreaterThan(20_000);
  const one = await page({ projection: 'accounts', errorGroup: 'Boom #', limit: '50' });
  expect(one.items).toHaveLength(50);
});
