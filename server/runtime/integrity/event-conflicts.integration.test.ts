import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { listDeadLetters } from '#server/runtime/dead-letters/list-dead-letters.ts';
import { retryDeadLetters } from '#server/runtime/dead-letters/retry-dead-letters.ts';
import { skipDeadLetter } from '#server/runtime/dead-letters/skip-dead-letter.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createIngest, type Ingest } from '#server/runtime/journal/ingest.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { reconcile } from './reconcile.ts';
import { repairView, toRepairable } from './repair-view.ts';

let bank: TestBank;
let ingest: Ingest;
const olga = { actor: 'olga', reason: 'Ticket 7' };

beforeAll(async () => {
  bank = await createTestBank();
  ingest = createIngest({ db: bank.postgres.db, store: bank.store });
});
afterAll(() => bank.close());

const toDeps = () => ({
  db: bank.postgres.db,
  dynamo: bank.dynamo,
  store: bank.store,
  registered: TEST_REGISTRY,
});
const payIn = (accountId: string) =>
  bank.run(deposit, { accountId, amount: '7.00', currency: 'EUR' });
const put = (Item: Record<string, unknown>) =>
  bank.dynamo.documents.send(new PutCommand({ TableName: bank.dynamo.tables.events, Item }));
const readAll = (accountId: string) => bank.store.read(`account#${accountId}`);
const heads = (accountId: string) =>
  bank.postgres.sql`SELECT event_sequence FROM journal_aggregates
    WHERE aggregate_id = ${`account#${accountId}`}`;

async function open(accountId: string): Promise<StoredEvent[]> {
  await bank.run(openAccount, { number: accountId, owner: 'Ada', currency: 'EUR' });
  for (let n = 0; n < 3; n += 1) {
    await payIn(accountId);
  }
  await bank.settle();
  return readAll(accountId);
}

async function conflicts(accountId: string) {
  const { groups } = await listDeadLetters(toDeps(), { aggregateId: `account#${accountId}` });
  return groups
    .filter(({ projection }) => projection === 'journal')
    .flatMap(({ category, letters }) =>
      letters.map(({ eventSequence, error, waiting }) => ({
        category,
        eventSequence,
        error,
        waiting,
      })),
    );
}

const change: [what: string, change: (event: StoredEvent) => StoredEvent, sentence: string][] = [
  ['another id', (event) => ({ ...event, eventId: 'other' }), 'event other there'],
  [
    'other contents',
    (event) => ({ ...event, eventData: { ...event.eventData, amount: '999' } }),
    'the same event with other contents',
  ],
  [
    'another time',
    (event) => ({ ...event, timestamp: '2020-01-01T00:00:00.000Z' }),
    'the same event with other contents',
  ],
];

it.each(change)(
  'notices an event that the journal has with %s',
  async (_, alter, sentence) => {
    const accountId = `A${change.findIndex(([, each]) => each === alter)}`;
    const history = await open(accountId);
    const altered = history.map((event) => (event.eventSequence === 3 ? alter(event) : event));
    await put({ ...altered[2] });
    await payIn(accountId);

    const [next] = (await readAll(accountId)).slice(4);
    expect(await ingest([...altered, ...(next ? [next] : [])])).toMatchObject({ inserted: 0 });
    expect(await conflicts(accountId)).toEqual([
      {
        category: 'conflict',
        eventSequence: 3,
        waiting: 2,
        error: expect.stringContaining(sentence),
      },
    ]);
    expect(await heads(accountId)).toEqual([{ event_sequence: 4 }]);

    const { different } = await reconcile(toDeps(), { settleMs: 0 });
    expect(different).toBeGreaterThan(0);
    const key = { projection: 'journal', aggregateId: `account#${accountId}`, eventSequence: 3 };
    await expect(skipDeadLetter(toDeps(), { ...key, reason: 'no' }, 'olga')).rejects.toMatchObject({
      code: 'EVENT_CONFLICT',
    });
    const filter = { aggregateId: key.aggregateId, projection: 'journal' };
    expect(await retryDeadLetters(toDeps(), filter, olga)).toMatchObject({
      retried: 1,
      settled: 0,
    });
    expect(await conflicts(accountId)).toMatchObject([{ eventSequence: 3 }]);

    for (const view of toRepairable(TEST_REGISTRY, key.aggregateId)) {
      expect(
        await repairView(toDeps(), { aggregateId: `account#${accountId}`, view }, olga),
      ).toEqual({
        view,
        waitsAt: null,
      });
    }
    expect(await conflicts(accountId)).toEqual([]);
    expect(await heads(accountId)).toEqual([{ event_sequence: 5 }]);
    await bank.settle();
    expect(await reconcile(toDeps(), { settleMs: 0 })).toMatchObject({ different: 0 });
  },
  120_000,
);

it('is over by a retry when the event store has the journal’s event again', async () => {
  const history = await open('B');
  await ingest(history.map((event) => ({ ...event, eventId: `${event.eventId}-other` })));
  expect(await conflicts('B')).toMatchObject([{ category: 'conflict', eventSequence: 1 }]);
  const filter = { aggregateId: 'account#B' };
  expect(await retryDeadLetters(toDeps(), filter, olga)).toMatchObject({ settled: 1, failed: [] });
  expect(await conflicts('B')).toEqual([]);
});

it('notices two events of one sequence in one batch', async () => {
  await bank.run(openAccount, { number: 'C', owner: 'Ada', currency: 'EUR' });
  const [opening] = await readAll('C');
  const twice = opening === undefined ? [] : [opening, { ...opening, eventId: 'other' }];
  expect(await ingest(twice)).toMatchObject({ inserted: 1 });
  expect(await conflicts('C')).toMatchObject([{ category: 'conflict', eventSequence: 1 }]);
});

it('will not repair what the event store has no longer', async () => {
  const history = await open('D');
  await bank.postgres
    .sql`UPDATE journal SET aggregate_id = 'account#E' WHERE aggregate_id = 'account#D'`;
  expect(history).toHaveLength(4);
  await expect(
    repairView(toDeps(), { aggregateId: 'account#E', view: 'journal' }, olga),
  ).rejects.toMatchObject({ code: 'EVENT_CONFLICT' });
});
