import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import type { RecordedAccountEvent } from '#server/modules/bank/domain/account-events.ts';
import { foldAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-fold.ts';
import { getAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { foldRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-fold.ts';
import { getRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { toRecordedEvent, toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { createHotViews } from './hot-views.ts';

const dynamo = await createTestDynamo();
afterAll(() => dynamo.close());

/** An event store with these events, that counts how often it is read. */
function createStore(events: readonly RecordedAccountEvent[]) {
  const store = {
    reads: 0,
    read: async (aggregateId: string, { from = 1, to = Infinity } = {}) => {
      store.reads += 1;
      return events
        .filter((event) => event.aggregateId === aggregateId)
        .filter(({ eventSequence }) => eventSequence >= from && eventSequence <= to)
        .map(toStoredEvent);
    },
    getRawItem: async () => undefined,
    decode: toRecordedEvent,
  };
  return store;
}

const deps = { dynamo, store: createStore([]), hotViews: TEST_REGISTRY.hotViews };
const stored = (events: readonly RecordedAccountEvent[]): StoredEvent[] =>
  events.map(toStoredEvent);

async function expectFoldOf(accountId: string, events: readonly RecordedAccountEvent[]) {
  expect(await getAccountBalance(dynamo, accountId)).toEqual(foldAccountBalance(undefined, events));
  expect(await getRecentTransactions(dynamo, accountId)).toEqual(
    foldRecentTransactions(undefined, events),
  );
}

/** DynamoDB that counts the requests of a kind, and can refuse them. */
function watched(options: { refuse?: (command: string, table: string) => boolean } = {}) {
  const sent: string[] = [];
  const documents = new Proxy(dynamo.documents, {
    get: (target, property) => {
      if (property !== 'send') {
        return Reflect.get(target, property);
      }
      return (command: { input: unknown; constructor: { name: string } }) => {
        const { name } = command.constructor;
        sent.push(name);
        if (options.refuse?.(name, JSON.stringify(command.input))) {
          return Promise.reject(sdkError('ThrottlingException', { $metadata: {} }));
        }
        return Reflect.apply(target.send, target, [command]);
      };
    },
  });
  const watchedDynamo: Dynamo = { ...dynamo, documents };
  return { dynamo: watchedDynamo, sent };
}

describe('hot views', () => {
  it('has no item of an account that it has not come to', async () => {
    expect(await getAccountBalance(dynamo, 'NOBODY')).toBeUndefined();
    expect(await getRecentTransactions(dynamo, 'NOBODY')).toBeUndefined();
  });

  it('folds a batch over many accounts into one write per account and view', async () => {
    const histories = Array.from({ length: 60 }, (_, n) => toSimpleHistory(`MANY-${n}`, 30));
    const { dynamo: counted, sent } = watched();
    const deliver = createHotViews({ ...deps, dynamo: counted });
    await deliver(stored(histories.flat()));
    for (const [n, events] of histories.entries()) {
      await expectFoldOf(`MANY-${n}`, events);
    }
    expect(sent.filter((name) => name === 'TransactWriteCommand')).toHaveLength(6);
    expect(sent.filter((name) => name === 'BatchGetCommand')).toHaveLength(2);
  });

  it('reads nothing again for an account that it has just written', async () => {
    const events = toSimpleHistory('CACHED', 3);
    const { dynamo: counted, sent } = watched();
    const deliver = createHotViews({ ...deps, dynamo: counted });
    await deliver(stored(events.slice(0, 2)));
    sent.length = 0;
    await deliver(stored(events.slice(2)));
    expect(sent).toEqual(['PutCommand', 'PutCommand']);
    sent.length = 0;
    await deliver(stored(events));
    expect(sent).toEqual([]);
    await expectFoldOf('CACHED', events);
  });

  it('takes events in any order, and again by a worker that knows nothing of it', async () => {
    const events = toSimpleHistory('SHUFFLED', 40);
    const deliver = createHotViews({ ...deps, store: createStore(events) });
    await deliver(stored(events.slice(0, 10).toReversed()));
    await deliver(stored(events.slice(5, 25).toReversed()));
    await createHotViews(deps)(stored(events));
    await createHotViews(deps)(stored(events.slice(0, 20)));
    await expectFoldOf('SHUFFLED', events);
  });

  it('fills a gap from the event store', async () => {
    const events = toSimpleHistory('GAP', 12);
    const store = createStore(events);
    const deliver = createHotViews({ ...deps, store });
    await deliver(stored(events.slice(0, 3)));
    expect(store.reads).toBe(0);
    await deliver(stored([...events.slice(6, 8), ...events.slice(11)]));
    await expectFoldOf('GAP', events);
  });

  it('never goes back: of two workers, the one with the older item reads again', async () => {
    const events = toSimpleHistory('TWO', 20);
    const others = toSimpleHistory('TWO-B', 20);
    const one = createHotViews(deps);
    const two = createHotViews(deps);
    await one(stored([...events.slice(0, 5), ...others.slice(0, 5)]));
    await two(stored(events.slice(0, 15)));
    // `one` still has the item at 5 in its cache; beside it, an account where it is right.
    await one(stored([...events.slice(5), ...others.slice(5)]));
    await expectFoldOf('TWO', events);
    await expectFoldOf('TWO-B', others);
    await Promise.all([
      one(stored(toSimpleHistory('TWO', 30))),
      two(stored(toSimpleHistory('TWO', 25))),
    ]);
    await expectFoldOf('TWO', toSimpleHistory('TWO', 30));
  });

  it('lets the other view go on when one cannot be written, and throws transient errors', async () => {
    const good = toSimpleHistory('GOOD', 5);
    const refusing = watched({
      refuse: (command, input) =>
        command.startsWith('Put') && input.includes(`${dynamo.tables.prefix}account-balances`),
    });
    const deliver = createHotViews({ ...deps, dynamo: refusing.dynamo });
    await expect(deliver(stored(good))).rejects.toThrow('ThrottlingException');
    expect(await getAccountBalance(dynamo, 'GOOD')).toBeUndefined();
    expect(await getRecentTransactions(dynamo, 'GOOD')).toEqual(
      foldRecentTransactions(undefined, good),
    );
    await createHotViews(deps)(stored(good));
    await expectFoldOf('GOOD', good);
  });

  it('keeps a closed account', async () => {
    const events = toHistory('CLOSED', { steps: [], closed: true });
    await createHotViews(deps)(stored(events));
    await expectFoldOf('CLOSED', events);
    expect(await getAccountBalance(dynamo, 'CLOSED')).toMatchObject({ status: 'closed' });
  });

  it('refuses to read an item that is not one of the view', async () => {
    const Item = { accountId: 'ODD', sequence: 1, balance: 12.5 };
    const TableName = `${dynamo.tables.prefix}account-balances`;
    await dynamo.documents.send(new PutCommand({ TableName, Item }));
    await expect(getAccountBalance(dynamo, 'ODD')).rejects.toThrow();
  });
});
