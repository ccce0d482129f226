import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { getHotViews } from '#server/modules/bank/queries/hot-views.ts';
import { foldAccountBalance } from '#server/modules/bank/views/account-balances/account-balances-fold.ts';
import {
  accountBalancesView,
  getAccountBalance,
} from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import {
  getRecentTransactions,
  recentTransactionsView,
} from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import { listHotDeadLetters } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import { retryHot, skipHot } from '#server/runtime/dead-letters/retry-hot.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import { rebuildHotView } from '#server/runtime/rebuild/rebuild-hot-view.ts';
import { toHistory, toSimpleHistory } from '#server/testing/account-histories.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { beginHotViews, listOutdatedHotViews } from './hot-view-versions.ts';
import { createHotViews } from './hot-views.ts';

let dynamo: Awaited<ReturnType<typeof createTestDynamo>>;
let store: ReturnType<typeof createEventStore>;
const open: (typeof dynamo)[] = [];
beforeEach(async () => {
  dynamo = await createTestDynamo();
  open.push(dynamo);
  store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
});
afterAll(() => {
  for (const each of open) {
    each.close();
  }
});

const { hotViews } = TEST_REGISTRY;
const ann = { actor: 'ann', reason: 'tested' };
const put = (
  Item: Record<string, unknown>,
  TableName = `${dynamo.tables.prefix}account-balances`,
) => dynamo.documents.send(new PutCommand({ TableName, Item }));
const get = async (accountId: string) => {
  const { Item } = await dynamo.documents.send(
    new GetCommand({ TableName: `${dynamo.tables.prefix}account-balances`, Key: { accountId } }),
  );
  return Item;
};
const letters = async () =>
  (
    await Promise.all(
      ['account-balances', 'recent-transactions'].map((view) => listHotDeadLetters(dynamo, view)),
    )
  ).flat();

/** An item as programs wrote it before there were versions, and before a field came. */
function toOldItem(accountId: string, sequence: number) {
  const events = toSimpleHistory(accountId, sequence);
  const { eventId: _, ...item } = foldAccountBalance(undefined, events) ?? raise();
  return item;
}

const expected = (accountId: string, length: number) =>
  foldAccountBalance(undefined, toSimpleHistory(accountId, length));

describe('an item of an older version', () => {
  it('is folded anew at the account’s next event, with the field that it lacked', async () => {
    const accounts = Array.from({ length: 30 }, (_, n) => `OLD-${n}`);
    for (const accountId of accounts) {
      await appendHistory(store, toSimpleHistory(accountId, 12));
      // What it holds is not believed either.
      await put({ ...toOldItem(accountId, 11), balance: '999' });
    }
    const events = accounts.map((accountId) => toSimpleHistory(accountId, 12).slice(-1));
    await createHotViews({ dynamo, store, hotViews })(events.flat().map(toStoredEvent));
    expect(await letters()).toEqual([]);
    for (const accountId of accounts) {
      expect(await getAccountBalance(dynamo, accountId)).toEqual(expected(accountId, 12));
      expect(await get(accountId)).toMatchObject({ viewVersion: accountBalancesView.version });
    }
  });

  it('never goes back: an event that it holds already brings it up to the newest', async () => {
    await appendHistory(store, toSimpleHistory('A', 20));
    await put(toOldItem('A', 20));
    await createHotViews({ dynamo, store, hotViews })(
      toSimpleHistory('A', 20).slice(4, 6).map(toStoredEvent),
    );
    expect(await getAccountBalance(dynamo, 'A')).toEqual(expected('A', 20));
  });

  it('says so when it is read, and the other view answers', async () => {
    await appendHistory(store, toSimpleHistory('A', 3));
    await createHotViews({ dynamo, store, hotViews })(toSimpleHistory('A', 3).map(toStoredEvent));
    await put(toOldItem('A', 3));
    const { balance, recent, problems } = await getHotViews(dynamo, 'A');
    expect(balance).toBeNull();
    expect(recent).toMatchObject({ sequence: 3 });
    expect(problems).toEqual({
      balance: expect.stringContaining('version 1 of the view, this program has version 2'),
      recent: null,
    });
  });

  it('stays at its dead letter, and a retry folds it anew', async () => {
    const events = await appendHistory(store, toSimpleHistory('A', 6));
    const poison = events.map((event) =>
      event.eventSequence === 4 ? { ...event, version: 99 } : event,
    );
    await put({ ...poison[3] }, dynamo.tables.events);
    const deliver = createHotViews({ dynamo, store, hotViews });
    await deliver(poison);
    expect(await letters()).toHaveLength(2);
    const old = toOldItem('A', 3);
    await put(old);
    await createHotViews({ dynamo, store, hotViews })(poison.slice(5));
    expect(await get('A')).toEqual(old);
    await put({ ...events[3] }, dynamo.tables.events);
    const key = { projection: 'account-balances', aggregateId: 'account#A', eventSequence: 4 };
    expect(await retryHot({ dynamo, store }, accountBalancesView, key, ann)).toMatchObject({
      kind: 'applied',
    });
    expect(await getAccountBalance(dynamo, 'A')).toEqual(expected('A', 6));
  });

  it('is brought up by two workers at once', async () => {
    await appendHistory(store, toSimpleHistory('A', 40));
    await put(toOldItem('A', 30));
    const events = toSimpleHistory('A', 40).slice(30).map(toStoredEvent);
    const deliver = () => createHotViews({ dynamo, store, hotViews })(events);
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(await getAccountBalance(dynamo, 'A')).toEqual(expected('A', 40));
    expect(await letters()).toEqual([]);
  });
});

it('leaves an item of a newer version alone, says so, and brings up the others', async () => {
  const newer = { ...expected('NEW', 5), balance: '7', viewVersion: 99, later: 'field' };
  await put(newer);
  await appendHistory(store, toSimpleHistory('NEW', 6));
  const batch = [...toSimpleHistory('NEW', 6).slice(5), ...toSimpleHistory('GOOD', 4)];
  const deliver = createHotViews({ dynamo, store, hotViews });
  await expect(deliver(batch.map(toStoredEvent))).rejects.toMatchObject({
    code: 'PROJECTION_OUTDATED',
    message: expect.stringContaining('version 99'),
  });
  expect(await get('NEW')).toEqual(newer);
  expect(await letters()).toEqual([]);
  expect(await getAccountBalance(dynamo, 'GOOD')).toEqual(expected('GOOD', 4));
  expect((await getRecentTransactions(dynamo, 'NEW'))?.sequence).toBe(6);
  expect((await getHotViews(dynamo, 'NEW')).problems.balance).toContain('version 99');
});

describe('the version of a whole hot view', () => {
  it('is the present one from the first item on', async () => {
    await beginHotViews(dynamo, hotViews);
    await put(toOldItem('A', 3));
    expect(await listOutdatedHotViews(dynamo, hotViews)).toEqual([]);
  });

  it('is an older one while items may be, until a rebuild has brought all', async () => {
    for (const accountId of ['A', 'B', 'C']) {
      await appendHistory(store, toSimpleHistory(accountId, 8));
      await put(toOldItem(accountId, 8));
    }
    await put({ ...toOldItem('C', 8), viewVersion: 99 });
    await beginHotViews(dynamo, hotViews);
    const offer = { view: 'account-balances', heldVersion: 1, codeVersion: 2 };
    expect(await listOutdatedHotViews(dynamo, hotViews)).toEqual([offer]);
    const dry = await rebuildHotView({ dynamo, store }, accountBalancesView, ann, {
      isDryRun: true,
    });
    expect(dry).toMatchObject({ written: 3, unchanged: 0 });
    expect(await listOutdatedHotViews(dynamo, hotViews)).toEqual([offer]);
    const done = await rebuildHotView({ dynamo, store }, accountBalancesView, ann);
    expect(done).toMatchObject({ written: 3, failed: 0 });
    expect(await listOutdatedHotViews(dynamo, hotViews)).toEqual([]);
    for (const accountId of ['A', 'B', 'C']) {
      expect(await getAccountBalance(dynamo, accountId)).toMatchObject(
        expected(accountId, 8) ?? raise(),
      );
    }
  });

  it('stays the older one while an item that cannot be folded is left', async () => {
    const [first] = await appendHistory(store, toSimpleHistory('A', 3));
    await put({ ...first, eventType: 'Unknown' }, dynamo.tables.events);
    await put(toOldItem('A', 3));
    const done = await rebuildHotView({ dynamo, store }, accountBalancesView, ann);
    expect(done).toMatchObject({ written: 0, failed: 1 });
    expect(await listOutdatedHotViews(dynamo, hotViews)).toMatchObject([
      { view: 'account-balances' },
    ]);
  });
});

describe('another event with the sequence of an item’s last one', () => {
  const key = { projection: 'account-balances', aggregateId: 'account#A', eventSequence: 5 };

  it('is a conflict: its account waits, and a retry folds it anew from the event store', async () => {
    const events = await appendHistory(store, toSimpleHistory('A', 5));
    const deliver = createHotViews({ dynamo, store, hotViews });
    await deliver(events);
    const deposit = { eventType: 'MoneyDeposited', eventData: { amount: '7', currency: 'EUR' } };
    const other = { ...events[4], ...deposit, eventId: 'another' };
    await put(other, dynamo.tables.events);
    const [, , , , found] = await store.read('account#A');
    await deliver(found ? [found] : raise());
    for (const letter of await letters()) {
      expect(letter.dead).toMatchObject({ eventSequence: 5, category: 'conflict' });
    }
    expect(await letters()).toHaveLength(2);
    // It waits, for this worker and for one that remembers nothing, and is not served as if right.
    await appendHistory(store, toSimpleHistory('A', 6).slice(5));
    await deliver(toSimpleHistory('A', 6).slice(5).map(toStoredEvent));
    await createHotViews({ dynamo, store, hotViews })(
      toSimpleHistory('A', 6).slice(5).map(toStoredEvent),
    );
    expect(await get('A')).toMatchObject({ sequence: 5, conflictsWith: 'another' });
    expect((await getHotViews(dynamo, 'A')).problems.balance).toContain('another');
    await expect(skipHot({ dynamo, store }, accountBalancesView, key, ann)).rejects.toMatchObject({
      code: 'EVENT_CONFLICT',
    });
    for (const view of [accountBalancesView, recentTransactionsView]) {
      const at = { ...key, projection: view.name };
      expect(await retryHot({ dynamo, store }, view, at, ann)).toMatchObject({ kind: 'applied' });
    }
    expect(await letters()).toMatchObject([{ skipped: [] }, { skipped: [] }]);
    const before = expected('A', 4)?.balance ?? raise();
    const after = BigInt(expected('A', 6)?.balance ?? raise());
    const last = after - BigInt(expected('A', 5)?.balance ?? raise());
    expect(await getAccountBalance(dynamo, 'A')).toMatchObject({
      sequence: 6,
      balance: `${BigInt(before) + 7n + last}`,
    });
  });

  it('is found in one batch with the event that it contradicts', async () => {
    const events = toHistory('A', { steps: [] }).map(toStoredEvent);
    const other = events.map((event) => ({ ...event, eventId: 'another' }));
    await createHotViews({ dynamo, store, hotViews })([...events, ...other]);
    expect(await letters()).toMatchObject([
      { dead: { category: 'conflict' } },
      { dead: { category: 'conflict' } },
    ]);
  });

  it('is none when the same event comes again', async () => {
    const events = await appendHistory(store, toSimpleHistory('A', 5));
    const deliver = createHotViews({ dynamo, store, hotViews });
    await deliver(events);
    await deliver(events);
    await createHotViews({ dynamo, store, hotViews })(events.slice(4));
    expect(await letters()).toEqual([]);
  });
});

function raise(): never {
  throw new Error('There is nothing.');
}
