import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { getRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { isMalformedItemId } from '#server/runtime/event-store/malformed-item-id.ts';
import { eventKeySchema } from '#server/runtime/event-store/stored-event.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import { repairView } from '#server/runtime/integrity/repair-view.ts';
import type { Consumer } from '#server/runtime/stream/consumer.ts';
import { getConsumerLag } from '#server/runtime/stream/consumer-lag.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { anyAttribute, anyNumberText, anyText } from '#server/testing/any-attribute.ts';
import { createTestDynamo, createTestPostgres } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { startStreamConsumers } from '#server/testing/stream-consumers.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { retryDeadLetters } from './retry-dead-letters.ts';

const dynamo = await createTestDynamo();
const postgres = await createTestPostgres();
const { db, sql } = postgres;
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const deps = { db, dynamo, store, registered: TEST_REGISTRY };
const TIMEOUT = { timeout: 20_000, interval: 20 };
const PLACES = ['account-balances', 'recent-transactions'];

const good = toSimpleHistory('GOOD', 400).map(toStoredEvent);
let goodHead = 0;
let consumers: Consumer[] = [];

beforeAll(() => {
  consumers = startStreamConsumers({ dynamo, store, db });
});

afterAll(async () => {
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  await postgres.close();
  dynamo.close();
});

type Item = Record<string, AttributeValue>;

const put = (Item: Item) =>
  dynamo.client.send(new PutItemCommand({ TableName: dynamo.tables.events, Item }));

/** False when DynamoDB itself refuses the item: then it cannot lie there. */
const tryPut = (item: Item) =>
  put(item).then(
    () => true,
    (error: unknown) => {
      expect(`${error}`).toMatch(/Validation|Serialization/);
      return false;
    },
  );

/** Everybody else goes on: the next event of another account comes through to every view. */
async function expectOthersGoOn(): Promise<void> {
  await put(marshall(good[goodHead]));
  goodHead += 1;
  const heads = async () => [
    (
      await sql`SELECT event_sequence FROM journal_aggregates WHERE aggregate_id = 'account#GOOD'`
    )[0]?.event_sequence,
    (await getAccountBalance(dynamo, 'GOOD'))?.sequence,
    (await getRecentTransactions(dynamo, 'GOOD'))?.sequence,
  ];
  const errors = () => consumers.flatMap((each) => each.status().map(({ error }) => error));
  await expect
    .poll(async () => [...(await heads()), ...errors()], TIMEOUT)
    .toEqual([goodHead, goodHead, goodHead, null, null]);
}

async function lettersOf(aggregateId: string) {
  const { groups, problems } = await listDeadLetters(deps, { aggregateId });
  expect(problems).toEqual([]);
  return groups.flatMap(({ letters }) => letters);
}

const isJournaled = async (aggregateId: string, eventId: string) =>
  (await sql`SELECT FROM journal WHERE aggregate_id = ${aggregateId} AND event_id = ${eventId}`)
    .length > 0;

let accounts = 0;

/** An account's second event, with something else in it. */
function nextItem(): { id: string; aggregateId: string; history: Item[] } {
  accounts += 1;
  const id = `A${accounts}`;
  const history = toSimpleHistory(id, 3).map((event) => marshall(toStoredEvent(event)));
  return { id, aggregateId: `account#${id}`, history };
}

/** Where the odd value goes: into the payload, beside it, or in place of a part of the envelope. */
const anyPlace = fc.constantFrom<((item: Item, value: AttributeValue) => Item)[]>(
  (item, value) => ({ ...item, eventData: { M: { ...item.eventData?.M, odd: value } } }),
  (item, value) => ({ ...item, eventData: { M: { ...item.eventData?.M, amount: value } } }),
  (item, value) => ({ ...item, eventData: value }),
  (item, value) => ({ ...item, odd: value }),
  (item, value) => ({ ...item, metadata: value }),
  (item, value) => ({ ...item, eventId: value }),
  (item, value) => ({ ...item, eventType: value }),
  (item, value) => ({ ...item, version: value }),
  (item, value) => ({ ...item, timestamp: value }),
  (item, value) => ({ ...item, correlationId: value }),
);

/** Many at once: what one does to the others shows, and the stream is waited for once. */
const MANY = { minLength: 40, maxLength: 40 };
const RUNS = { numRuns: 3, endOnFailure: true };

it('whatever lies in an event, everybody else goes on, and it is shown or taken', async () => {
  const anyOddities = fc.array(fc.tuple(anyAttribute, anyPlace), MANY);
  await fc.assert(
    fc.asyncProperty(anyOddities, async (oddities) => {
      const odd: ReturnType<typeof nextItem>[] = [];
      for (const [value, place] of oddities) {
        const account = nextItem();
        const [first = {}, second = {}, third = {}] = account.history;
        await put(first);
        if (await tryPut(place(second, value))) {
          await put(third);
          odd.push(account);
        }
      }
      expect(odd.length).toBeGreaterThan(10);
      await expectOthersGoOn();
      const failed: typeof odd = [];
      const taken: typeof odd = [];
      for (const account of odd) {
        const { id, aggregateId } = account;
        const letters = await lettersOf(aggregateId);
        const isDead = letters.some(({ projection }) => projection === 'journal');
        expect(isDead).not.toBe(await isJournaled(aggregateId, `${id}-3`));
        for (const letter of letters) {
          expect(letter).toMatchObject({ eventSequence: 2, waiting: 1, status: 'dead' });
          // A hot view keeps the beginning of a very long one.
          const isCut = letter.rawItem?.length === 20_000;
          expect(isDead && !isCut ? letter.rawItem : aggregateId).toContain(aggregateId);
        }
        if (letters.length > 0) {
          (isDead ? failed : taken).push(account);
        }
      }
      for (const { history } of [...failed, ...taken]) {
        await put(history[1] ?? {});
      }
      await expectOthersGoOn();
      for (const { aggregateId } of taken) {
        // The journal has it as it was before: that is a conflict, which a repair resolves.
        await repairView(deps, { aggregateId, view: 'journal' }, { actor: 'olga' });
      }
      await retryDeadLetters(deps, {}, { actor: 'olga' });
      for (const { id, aggregateId } of [...failed, ...taken]) {
        expect(await lettersOf(aggregateId)).toEqual([]);
        expect(await isJournaled(aggregateId, `${id}-3`)).toBe(true);
        expect(await getAccountBalance(dynamo, id)).toMatchObject({ sequence: 3 });
      }
      expect(failed.length).toBeGreaterThan(0);
    }),
    RUNS,
  );
}, 240_000);

const toKey = (sequence: string) => ({
  aggregateId: 'account#GOOD',
  eventSequence: Number(sequence),
});

const anyKey = fc.oneof(
  fc.record({ aggregateId: fc.constant('account#GOOD'), eventSequence: anyNumberText }),
  fc.record({ aggregateId: anyText, eventSequence: anyNumberText }),
  fc.record({
    aggregateId: fc.constantFrom(
      'account#',
      'GOOD',
      'foreign#GOOD/1',
      `account#${'x'.repeat(1_900)}`,
      '\0'.repeat(2_000),
      `${'%\0é'.repeat(490)}`,
    ),
    eventSequence: fc.constantFrom('1', '2', '1.5', '12345678901234567890.5'),
  }),
);

// With what stands around it in its aggregate's id it is longer than DynamoDB lets a key be.
const TOO_LONG_FOR_A_KEY = { aggregateId: '§'.repeat(1_023), eventSequence: '1' };

it('whatever the key of an item is, everybody else goes on, and it is shown', async () => {
  const [opening = {}] = toSimpleHistory('KEY', 1).map((event) => marshall(toStoredEvent(event)));
  let isAny = false;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyKey, fc.boolean()), MANY), async (keys) => {
      for (const [{ aggregateId, eventSequence }, isEvent] of keys) {
        const isHistory =
          aggregateId === 'account#GOOD' && eventKeySchema.safeParse(toKey(eventSequence)).success;
        const key = { aggregateId: { S: aggregateId }, eventSequence: { N: eventSequence } };
        const rest = isEvent ? opening : { what: { S: 'something else' } };
        isAny = (!isHistory && (await tryPut({ ...rest, ...key }))) || isAny;
      }
      await expectOthersGoOn();
    }),
    { ...RUNS, examples: [[[[TOO_LONG_FOR_A_KEY, true]]]] },
  );
  expect(isAny).toBe(true);
  const inPlace = async (place: string) => {
    const { groups } = await listDeadLetters(deps, { projection: place }, { limit: 1_000 });
    return groups
      .flatMap(({ letters }) => letters.map(({ aggregateId }) => aggregateId))
      .filter(isMalformedItemId)
      .toSorted();
  };
  const ofJournal = await inPlace('journal');
  expect(ofJournal.length).toBeGreaterThan(5);
  // It is of no aggregate, so no view is one of its.
  for (const place of PLACES) {
    expect(await inPlace(place)).toEqual([]);
  }
}, 240_000);

it('lag and reconciliation are told as well', async () => {
  for (const { eventsBehind } of await getConsumerLag(dynamo, new Date())) {
    expect(eventsBehind).toBeGreaterThanOrEqual(0);
  }
  await reconcile(deps, { settleMs: 0 });
});
