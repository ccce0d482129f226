import { DeleteCommand, PutCommand, type QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedAccountEvent } from '#server/modules/bank/domain/account-events.ts';
import { foldAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-fold.ts';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { foldRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-fold.ts';
import { getRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { toDeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { listHotActions } from './hot-actions.ts';
import { countHotDeadLetters, listHotDeadLetters } from './hot-dead-letters.ts';
import { toLetterKey } from './letter-key.ts';
import { listHotTroubles } from './list-troubles.ts';
import { retryHot, skipHot } from './retry-hot.ts';

const dynamo = await createTestDynamo();
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const deps = { dynamo, store, hotViews: TEST_REGISTRY.hotViews };
const operator = { actor: 'olga', reason: 'tested' };
const VIEWS = ['account-balances', 'recent-transactions'];

afterAll(() => dynamo.close());

type Item = Record<string, unknown>;
const put = (item: Item, table = dynamo.tables.events) =>
  dynamo.documents.send(new PutCommand({ TableName: table, Item: item }));

let accounts = 0;
let good = '';
let bad = '';
let histories: RecordedAccountEvent[][] = [];

beforeEach(() => {
  accounts += 1;
  [good, bad] = [`GOOD${accounts}`, `BAD${accounts}`];
  histories = [good, bad].map((id) => toSimpleHistory(id, 12));
});

/** The first ten events of both accounts in turn, in the event store; the bad one's fifth changed. */
async function write(change: (event: StoredEvent) => Item): Promise<Item[]> {
  const items = Array.from({ length: 10 }, (_, turn) =>
    histories.flatMap((history) => history.slice(turn, turn + 1)),
  )
    .flat()
    .map(toStoredEvent)
    .map((event) => (isPoison(event) ? change(event) : event));
  for (const item of items) {
    await put(item);
  }
  return items;
}

const isPoison = (event: StoredEvent) =>
  event.aggregateId === `account#${bad}` && event.eventSequence === 5;
const repair = () => put({ ...histories[1]?.map(toStoredEvent)[4] });
const key = (projection: string, eventSequence = 5) => ({
  projection,
  aggregateId: `account#${bad}`,
  eventSequence,
});
const viewOf = (name: string) =>
  TEST_REGISTRY.hotViews.find((view) => view.name === name) ?? raise();
const retry = (view: string, on = deps) => retryHot(on, viewOf(view), key(view), operator);
const skip = (view: string) => skipHot(deps, viewOf(view), key(view), operator);
const letterIn = async (view: string) =>
  (await listHotDeadLetters(dynamo, view)).find(
    ({ aggregateId }) => aggregateId === `account#${bad}`,
  );
const sequences = async (accountId: string) => [
  (await getAccountBalance(dynamo, accountId))?.sequence,
  (await getRecentTransactions(dynamo, accountId))?.sequence,
];

async function expectFoldOf(accountId: string, events: readonly RecordedAccountEvent[]) {
  expect(await getAccountBalance(dynamo, accountId)).toEqual(foldAccountBalance(undefined, events));
  expect(await getRecentTransactions(dynamo, accountId)).toEqual(
    foldRecentTransactions(undefined, events),
  );
}

const POISONS: Record<string, [(event: StoredEvent) => Item, string]> = {
  'of an unknown type': [(event) => ({ ...event, eventType: 'MoneyPrinted' }), 'unknown-type'],
  'that no upcaster reads': [(event) => ({ ...event, version: 99 }), 'unreadable'],
  'with a broken payload': [(event) => ({ ...event, eventData: { amount: 1 } }), 'unreadable'],
  'that is no event': [(event) => ({ ...event, metadata: 'none' }), 'unreadable'],
};

describe.each(Object.entries(POISONS))('an event %s', (_, [change, category]) => {
  it.each([1, 6, 20])('blocks one account only (%i at a time)', async (size) => {
    const deliver = createHotViews(deps);
    const events = (await write(change)).map(toDeliveredEvent);
    for (let next = 0; next < events.length; next += size) {
      await deliver(events.slice(next, next + size));
    }
    await expectFoldOf(good, histories[0]?.slice(0, 10) ?? []);
    await expectFoldOf(bad, histories[1]?.slice(0, 4) ?? []);
    for (const view of VIEWS) {
      const letter = await letterIn(view);
      expect(letter).toMatchObject({
        dead: { eventSequence: 5, category, attempts: 3, status: 'dead' },
        skipped: [],
      });
      expect(letter?.dead?.rawItem === null).toBe(
        events.some((event) => 'problem' in event) === false,
      );
    }
    // A worker that knows nothing finds it as it is.
    await createHotViews(deps)(events.slice(10));
    expect(await sequences(bad)).toEqual([4, 4]);
    expect((await letterIn('account-balances'))?.dead?.attempts).toBe(3);
  });

  it('follows when it is fixed and retried, view by view', async () => {
    const deliver = createHotViews(deps);
    await deliver((await write(change)).map(toDeliveredEvent));
    expect(await retry('account-balances')).toMatchObject({
      kind: 'dead',
      applied: 0,
      at: 5,
    });
    expect((await letterIn('account-balances'))?.dead).toMatchObject({ attempts: 4 });
    await repair();
    expect(await retry('account-balances')).toEqual({
      kind: 'applied',
      applied: 6,
    });
    expect(await sequences(bad)).toEqual([10, 4]);
    expect((await letterIn('account-balances'))?.dead).toBeUndefined();
    expect(await retry('account-balances')).toEqual({ kind: 'gone' });
    await retry('recent-transactions');
    await deliver(histories.flatMap((history) => history.slice(10).map(toStoredEvent)));
    await expectFoldOf(bad, histories[1] ?? []);
    const actions = await listHotActions(dynamo, 'account-balances', 4);
    expect(actions.toReversed().map(({ effect }) => effect.outcome)).toEqual([
      'started',
      'dead',
      'started',
      'applied',
    ]);
    expect(actions[0]).toMatchObject({
      actor: 'olga',
      reason: 'tested',
      action: 'retry-dead-letter',
      effect: { aggregateId: `account#${bad}`, eventSequence: 5, applied: 6 },
    });
  });

  it('is left out when it is skipped, and those behind it follow', async () => {
    const deliver = createHotViews(deps);
    const events = (await write(change)).map(toDeliveredEvent);
    await deliver(events.slice(0, 10));
    const without = (length: number) =>
      histories[1]?.slice(0, length).filter(({ eventSequence }) => eventSequence !== 5) ?? [];
    for (const view of VIEWS) {
      expect(await skip(view)).toMatchObject({ kind: 'applied' });
      expect((await letterIn(view))?.skipped).toMatchObject([
        { eventSequence: 5, actor: 'olga', reason: 'tested' },
      ]);
    }
    expect(await sequences(bad)).toEqual([10, 10]);
    await deliver(events.slice(4));
    await createHotViews(deps)(histories[1]?.slice(10).map(toStoredEvent) ?? []);
    expect(await sequences(bad)).toEqual([12, 12]);
    const sum = without(12).reduce(
      (balance, event) =>
        event.eventType === 'MoneyDeposited'
          ? balance + event.eventData.amount
          : event.eventType === 'MoneyWithdrawn'
            ? balance - event.eventData.amount
            : balance,
      0n,
    );
    expect((await getAccountBalance(dynamo, bad))?.balance).toBe(`${sum}`);
    expect((await letterIn('account-balances'))?.dead).toBeUndefined();
  });
});

describe('dead letters of hot views', () => {
  it('are made of what the fold throws at', async () => {
    const history = (histories[1] ?? []).map(toStoredEvent);
    const [opening, deposit] = history;
    const wrong = { ...deposit, eventSequence: 1, eventId: opening?.eventId };
    await createHotViews(deps)([toDeliveredEvent(wrong), ...history.slice(1, 3)]);
    expect(await letterIn('account-balances')).toMatchObject({
      dead: {
        eventSequence: 1,
        category: 'handler',
        error: expect.stringContaining('does not begin with its opening'),
        errorGroup: '… does not begin with its opening.',
        stack: expect.stringContaining('Error: '),
      },
    });
    expect(await sequences(bad)).toEqual([undefined, undefined]);
  });

  it('are counted where they lie: none travels with its stack', async () => {
    await createHotViews(deps)(
      (await write(({ eventType: _, ...event }) => event)).map(toDeliveredEvent),
    );
    const letters = await listHotDeadLetters(dynamo, 'account-balances');
    const waiting = letters.filter(({ dead }) => dead !== undefined).length;
    expect(waiting).toBeGreaterThan(0);
    const answers: unknown[] = [];
    const documents = new Proxy(dynamo.documents, {
      get: (client, name, receiver) =>
        name === 'send'
          ? async (command: QueryCommand) => {
              const answer = await client.send(command);
              answers.push(answer.Items);
              return answer;
            }
          : Reflect.get(client, name, receiver),
    });
    expect(await countHotDeadLetters({ ...dynamo, documents }, 'account-balances')).toBe(waiting);
    expect(answers).toEqual([undefined]);
  });

  it('can be skipped before anything waits behind them', async () => {
    const history = histories[1]?.map(toStoredEvent) ?? [];
    const poison = { ...(history[4] ?? raise()), version: 99 };
    for (const item of [...history.slice(0, 4), poison]) {
      await put({ ...item });
    }
    await createHotViews(deps)([...history.slice(0, 4), poison]);
    expect(await skip('account-balances')).toEqual({
      kind: 'applied',
      applied: 0,
    });
    // Delivered again, it stays left out.
    await createHotViews(deps)([poison]);
    expect((await letterIn('account-balances'))?.dead).toBeUndefined();
    await put({ ...history[5] });
    await createHotViews(deps)(history.slice(5, 6));
    expect(await sequences(bad)).toEqual([6, 4]);
  });

  it('are not made of an item that is not the view’s own: it is folded anew', async () => {
    const events = (await write((event) => ({ ...event }))).map(toDeliveredEvent);
    await createHotViews(deps)(events.slice(0, 8));
    await put(
      { accountId: bad, sequence: 4, balance: 12.5 },
      `${dynamo.tables.prefix}account-balances`,
    );
    await createHotViews(deps)(events.slice(8));
    expect(await letterIn('account-balances')).toBeUndefined();
    expect(await letterIn('recent-transactions')).toBeUndefined();
    await expectFoldOf(good, histories[0]?.slice(0, 10) ?? []);
    await expectFoldOf(bad, histories[1]?.slice(0, 10) ?? []);
  });

  it('are made of items that DynamoDB refuses, at the event that makes them so', async () => {
    const events = await write((event) => ({
      ...event,
      eventData: { amount: '1', currency: 'EUR', description: 'x'.repeat(380_000) },
    }));
    const more = toStoredEvent(histories[1]?.[5] ?? raise());
    const long = { ...more, eventData: { ...more.eventData, description: 'y'.repeat(300_000) } };
    await put(long);
    await createHotViews(deps)(
      events
        .map(toDeliveredEvent)
        .map((event) =>
          event.aggregateId === long.aggregateId && event.eventSequence === 6 ? long : event,
        ),
    );
    expect(await sequences(good)).toEqual([10, 10]);
    expect(await sequences(bad)).toEqual([10, 5]);
    expect(await letterIn('account-balances')).toBeUndefined();
    expect(await letterIn('recent-transactions')).toMatchObject({
      dead: { eventSequence: 6, category: 'constraint', attempts: 3 },
    });
  });

  it('that cannot be read by this program show as such, and hide no others', async () => {
    const other = { projection: 'account-balances', aggregateId: 'account#OTHER' };
    await put({ ...other, dead: { eventSequence: 3, later: 'shape' } }, dynamo.tables.deadLetters);
    await createHotViews(deps)(
      (await write((event) => ({ ...event, version: 99 }))).map(toDeliveredEvent),
    );
    const troubles = await listHotTroubles(dynamo, TEST_REGISTRY.hotViews);
    expect(troubles).toContainEqual(
      expect.objectContaining({
        aggregateId: 'account#OTHER',
        category: 'unreadable',
        error: expect.stringContaining('cannot be read by this program'),
      }),
    );
    expect(troubles.filter(({ aggregateId }) => aggregateId === `account#${bad}`)).toHaveLength(2);
    await dynamo.documents.send(
      new DeleteCommand({ TableName: dynamo.tables.deadLetters, Key: other }),
    );
  });

  it('lose nothing of what is delivered beside a retry', async () => {
    const [deliver, other] = [createHotViews(deps), createHotViews(deps)];
    await deliver((await write((event) => ({ ...event, version: 99 }))).map(toDeliveredEvent));
    await repair();
    const live = (async () => {
      for (const event of toSimpleHistory(bad, 80).slice(10).map(toStoredEvent)) {
        await put({ ...event });
        await (event.eventSequence % 2 === 0 ? deliver : other)([event]);
      }
    })();
    for (const view of VIEWS) {
      expect(await retry(view)).toMatchObject({ kind: 'applied' });
    }
    await live;
    await expectFoldOf(bad, toSimpleHistory(bad, 80));
    expect((await letterIn('account-balances'))?.dead).toBeUndefined();
  });

  it('stay when a retry is cut off, and nothing is missed meanwhile', async () => {
    const deliver = createHotViews(deps);
    await deliver((await write((event) => ({ ...event, version: 99 }))).map(toDeliveredEvent));
    await repair();
    const cutOff = {
      ...deps,
      store: {
        ...store,
        read: async () => {
          throw new Error('cut off');
        },
      },
    };
    await expect(retry('account-balances', cutOff)).rejects.toThrow('cut off');
    expect((await letterIn('account-balances'))?.dead).toMatchObject({ status: 'retrying' });
    // As programs of before called it.
    await dynamo.documents.send(
      new UpdateCommand({
        TableName: dynamo.tables.deadLetters,
        Key: toLetterKey('account-balances', `account#${bad}`),
        UpdateExpression: 'SET dead.#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': 'draining' },
      }),
    );
    expect((await letterIn('account-balances'))?.dead).toMatchObject({ status: 'retrying' });
    await put({ ...toStoredEvent(histories[1]?.[10] ?? raise()) });
    await deliver(histories[1]?.slice(10, 11).map(toStoredEvent) ?? []);
    expect(await sequences(bad)).toEqual([11, 4]);
    expect(await retry('account-balances')).toEqual({
      kind: 'applied',
      applied: 0,
    });
    expect((await letterIn('account-balances'))?.dead).toBeUndefined();
  });
});

function raise(): never {
  throw new Error('There is nothing.');
}
