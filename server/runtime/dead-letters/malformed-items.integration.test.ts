import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, it } from 'vitest';
import {
  accountBalancesView,
  getAccountBalance,
} from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { rebuildHotView } from '#server/runtime/rebuild/rebuild-hot-view.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { startStreamConsumers } from '#server/testing/stream-consumers.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { retryDeadLetters } from './retry-dead-letters.ts';
import { skipDeadLetter } from './skip-dead-letter.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const { db, sql } = postgres;
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const deps = { db, dynamo, store, registered: TEST_REGISTRY };
const TIMEOUT = { timeout: 20_000, interval: 20 };
const olga = { actor: 'olga' };

afterAll(async () => {
  await postgres.close();
  dynamo.close();
});

/** Keys that no event has: what else may lie in somebody's table. */
const MALFORMED = [
  { aggregateId: 'account#GOOD', eventSequence: 0 },
  { aggregateId: 'account#GOOD', eventSequence: 2.5 },
  { aggregateId: 'table-metadata', eventSequence: -1 },
  { aggregateId: '100 %', eventSequence: 3_000_000_000 },
  { aggregateId: 'huge', eventSequence: 12_345_678_901_234_567_890n },
  { aggregateId: 'nul\0', eventSequence: 1 },
];
const IDS = [
  'foreign#100 %25/3000000000',
  'foreign#account#GOOD/0',
  'foreign#account#GOOD/2.5',
  'foreign#huge/12345678901234567890',
  'foreign#nul%00/1',
  'foreign#table-metadata/-1',
];

const put = (Item: Record<string, unknown>) =>
  dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item }));
const listed = async (options = {}) => {
  const { groups } = await listDeadLetters(deps, {}, options);
  return groups.flatMap(({ letters }) => letters);
};
/** They are of no aggregate, so ingest alone has them: no view is one of theirs. */
const malformedItemIds = async () =>
  (await listed())
    .map(({ projection, aggregateId }) => (projection === 'journal' ? aggregateId : projection))
    .toSorted();

it('shows an item whose key is no event’s, and keeps nobody waiting for it', async () => {
  const history = toSimpleHistory('GOOD', 6).map(toStoredEvent);
  for (const [index, event] of history.entries()) {
    const malformed = MALFORMED[index];
    await put({ ...event });
    await put({ ...malformed, what: 'something else' });
  }
  const consumers = startStreamConsumers({ dynamo, store, db });
  const heads = async () => [
    (
      await sql`SELECT event_sequence FROM journal_aggregates WHERE aggregate_id = 'account#GOOD'`
    )[0]?.event_sequence,
    (await getAccountBalance(dynamo, 'GOOD'))?.sequence,
  ];
  await expect.poll(heads, TIMEOUT).toEqual([6, 6]);
  await expect.poll(malformedItemIds, TIMEOUT).toEqual(IDS);
  for (const letter of await listed()) {
    expect(letter).toMatchObject({ eventSequence: 1, waiting: 0, category: 'unreadable' });
    expect(letter.error).toMatch(/^The item .+\/.+ is not an event: /);
    expect(letter.rawItem).toContain('something else');
  }
  await put({ ...history[5], eventSequence: 7, eventId: 'e-7' });
  await expect.poll(heads, TIMEOUT).toEqual([7, 7]);
  expect(await malformedItemIds()).toEqual(IDS);
  expect(consumers.flatMap((each) => each.status().map(({ error }) => error))).toEqual([
    null,
    null,
  ]);
  await Promise.all(consumers.map((consumer) => consumer.stop()));
});

it('is tried again, and is over when the item is gone', async () => {
  expect(await retryDeadLetters(deps, {}, olga)).toMatchObject({ retried: 6, settled: 0 });
  expect(await malformedItemIds()).toEqual(IDS);
  for (const Key of [MALFORMED[2], MALFORMED[4]]) {
    await dynamo.documents.send(new DeleteCommand({ TableName: dynamo.tables.events, Key }));
  }
  expect(await retryDeadLetters(deps, {}, olga)).toMatchObject({ retried: 6, settled: 2 });
});

it('is skipped for good, however often it is delivered', async () => {
  const left = IDS.filter((id) => !/metadata|huge/.test(id));
  for (const aggregateId of left) {
    const key = { projection: 'journal', aggregateId, eventSequence: 1 };
    expect(await skipDeadLetter(deps, { ...key, reason: 'Not ours' }, 'olga')).toEqual({
      kind: 'applied',
      applied: 0,
    });
  }
  expect(await listed()).toEqual([]);
  const consumers = startStreamConsumers({ dynamo, store, db });
  for (const malformed of [MALFORMED[0], MALFORMED[5]]) {
    await put({ ...malformed, what: 'written again' });
  }
  const [event] = toSimpleHistory('NEXT', 1).map(toStoredEvent);
  await put({ ...event });
  await expect
    .poll(() => getAccountBalance(dynamo, 'NEXT'), TIMEOUT)
    .toMatchObject({ sequence: 1 });
  await expect
    .poll(() => sql`SELECT FROM journal_aggregates WHERE aggregate_id = 'account#NEXT'`, TIMEOUT)
    .toHaveLength(1);
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  expect(await listed()).toEqual([]);
  expect(await listed({ skipped: true })).toHaveLength(4);
  expect(await rebuildHotView(deps, accountBalancesView, olga)).toMatchObject({ aggregates: 2 });
});
