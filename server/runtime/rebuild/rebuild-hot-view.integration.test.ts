import { randomUUID } from 'node:crypto';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, it } from 'vitest';
import {
  type AccountBalance,
  foldAccountBalance,
} from '#server/modules/bank/views/account-balances/account-balances-fold.ts';
import {
  accountBalancesView,
  getAccountBalance,
} from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { foldRecentTransactions } from '#server/modules/bank/views/recent-transactions/recent-transactions-fold.ts';
import {
  getRecentTransactions,
  recentTransactionsView,
} from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import { listHotActions } from '#server/runtime/dead-letters/hot-actions.ts';
import { skipHot } from '#server/runtime/dead-letters/retry-hot.ts';
import { createEventStore } from '#server/runtime/event-store/create-event-store.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { toAccountEvent } from '#server/testing/account-event.ts';
import { toSimpleHistory } from '#server/testing/account-histories.ts';
import { appendHistory } from '#server/testing/append-history.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { rebuildHotItem } from './rebuild-hot-item.ts';
import { rebuildHotView } from './rebuild-hot-view.ts';

const dynamo = await createTestDynamo();
const store = createEventStore(dynamo, TEST_REGISTRY.aggregates);
const deps = { dynamo, store, hotViews: TEST_REGISTRY.hotViews };
const ann = { actor: 'ann', reason: 'tested' };
afterAll(() => dynamo.close());

/** An account with a history in the event store, whose id no other test has. */
async function newAccount(length: number) {
  const accountId = `ACC-${randomUUID().slice(0, 8).toUpperCase()}`;
  const events = await appendHistory(store, toSimpleHistory(accountId, length));
  return { accountId, events };
}

const expected = (events: readonly StoredEvent[]) =>
  foldAccountBalance(undefined, events.map(toAccountEvent));

async function expectBalanceOf(accountId: string, events: readonly StoredEvent[]) {
  const { rebuiltAt: _, ...item } = { ...(await getAccountBalance(dynamo, accountId)) };
  expect(item).toEqual(expected(events));
}

const put = (item: Record<string, unknown>) =>
  dynamo.documents.send(
    new PutCommand({
      TableName: `${dynamo.tables.prefix}account-balances`,
      Item: { viewVersion: accountBalancesView.version, ...item },
    }),
  );

async function tamper(accountId: string, changes: Partial<AccountBalance>) {
  await put({ ...(await getAccountBalance(dynamo, accountId)), ...changes });
}

it('makes every item anew, in both views, and leaves alone what is right', async () => {
  const accounts = await Promise.all([12, 40, 1, 7, 25].map(newAccount));
  const [right, wrong, ahead, odd, missing] = accounts;
  if (!right || !wrong || !ahead || !odd || !missing) {
    throw new Error('There are five accounts.');
  }
  const deliver = createHotViews(deps);
  await deliver([right, wrong, ahead, odd].flatMap(({ events }) => events));
  await tamper(wrong.accountId, { balance: '1', owner: 'X' });
  await tamper(ahead.accountId, { sequence: 900 });
  await put({ accountId: odd.accountId, sequence: 'seven', balance: 7 });
  await put({ accountId: 'NOBODY', balance: 7 });
  await put({ ...expected(right.events), accountId: 'GHOST' });

  const counts = { aggregates: 7, unchanged: 1, written: 4, removed: 2, failed: 0, failures: [] };
  const dry = await rebuildHotView(deps, accountBalancesView, ann, { isDryRun: true });
  expect(dry).toEqual(counts);
  expect(await getAccountBalance(dynamo, 'GHOST')).toBeDefined();
  const done: number[] = [];
  const rebuilt = await rebuildHotView(deps, accountBalancesView, ann, {
    onProgress: ({ unchanged, written, removed }) => done.push(unchanged + written + removed),
  });
  expect(rebuilt).toEqual(counts);
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
  for (const { accountId, events } of accounts) {
    await expectBalanceOf(accountId, events);
  }
  expect(await getAccountBalance(dynamo, 'NOBODY')).toBeUndefined();
  expect(await getAccountBalance(dynamo, 'GHOST')).toBeUndefined();
  expect(await rebuildHotView(deps, accountBalancesView, ann)).toMatchObject({
    unchanged: 5,
    written: 0,
  });
  expect(await rebuildHotView(deps, recentTransactionsView, ann)).toMatchObject({
    unchanged: 4,
    written: 1,
  });
  expect(await getRecentTransactions(dynamo, missing.accountId)).toEqual({
    ...foldRecentTransactions(undefined, missing.events.map(toAccountEvent)),
    rebuiltAt: expect.stringMatching(/^20/),
  });
  expect(await listHotActions(dynamo, 'account-balances', 10)).toMatchObject([
    { actor: 'ann', action: 'rebuild', effect: { outcome: 'done', unchanged: 5 } },
    { effect: { outcome: 'started' } },
    { effect: { outcome: 'done', written: 4, removed: 2 } },
    { effect: { outcome: 'started' } },
  ]);
});

it('is not undone by a worker that remembers the item from before', async () => {
  const { accountId, events } = await newAccount(30);
  // Its fold was wrong, and its cache holds what it wrote.
  const deliver = createHotViews(deps);
  await put({ ...expected(events.slice(0, 10)), balance: '999' });
  await deliver(events.slice(0, 20));
  const { balance } = { ...(await getAccountBalance(dynamo, accountId)) };
  expect(balance).not.toBe(expected(events.slice(0, 20))?.balance);
  // The event store has no more than twenty, as far as the rebuild knows.
  const earlier = {
    ...store,
    read: async (aggregateId: string, { from = 1, to = 20 } = {}) =>
      store.read(aggregateId, { from, to: Math.min(to, 20) }),
  };
  const rebuilt = await rebuildHotItem(
    { dynamo, store: earlier },
    accountBalancesView,
    `account#${accountId}`,
  );
  expect(rebuilt).toEqual({ kind: 'written' });
  await expectBalanceOf(accountId, events.slice(0, 20));
  await deliver(events.slice(20));
  await expectBalanceOf(accountId, events);
  expect(await getAccountBalance(dynamo, accountId)).toHaveProperty('rebuiltAt');
});

it('never puts an older item in the place of a newer one, while the stream goes on', async () => {
  const { accountId, events } = await newAccount(400);
  await put({ ...expected(events.slice(0, 1)), balance: '5' });
  const seen: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      seen.push((await getAccountBalance(dynamo, accountId))?.sequence ?? 0);
    }
  })();
  const writing = (async () => {
    const deliver = createHotViews(deps);
    for (const event of events) {
      await deliver([event]);
    }
  })();
  const kinds: string[] = [];
  while (kinds.length < 30) {
    kinds.push((await rebuildHotItem(deps, accountBalancesView, `account#${accountId}`)).kind);
  }
  await writing;
  isOver = true;
  await watching;
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  await expectBalanceOf(accountId, events);
  expect(new Set(kinds)).toEqual(new Set(['written', 'unchanged']));
});

it('reports an event that cannot be taken, and leaves out one that was skipped', async () => {
  const { accountId, events } = await newAccount(9);
  const broken = events.map((event) =>
    event.eventSequence === 4 ? { ...event, eventType: 'MoneyPrinted' } : event,
  );
  await dynamo.documents.send(
    new UpdateCommand({
      TableName: dynamo.tables.events,
      Key: { aggregateId: `account#${accountId}`, eventSequence: 4 },
      UpdateExpression: 'SET eventType = :type',
      ExpressionAttributeValues: { ':type': 'MoneyPrinted' },
    }),
  );
  await createHotViews(deps)(broken);
  expect(await getAccountBalance(dynamo, accountId)).toMatchObject({ sequence: 3 });
  await tamper(accountId, { balance: '5' });
  expect(await rebuildHotItem(deps, accountBalancesView, `account#${accountId}`)).toMatchObject({
    kind: 'failed',
    eventSequence: 4,
  });
  await expectBalanceOf(accountId, events.slice(0, 3));
  const { failed, failures } = await rebuildHotView(deps, accountBalancesView, ann);
  expect({ failed, failures }).toEqual({
    failed: 1,
    failures: [
      {
        aggregateId: `account#${accountId}`,
        eventSequence: 4,
        error: expect.stringContaining('MoneyPrinted'),
      },
    ],
  });
  // A newer item than can be made is left alone.
  await tamper(accountId, { balance: '5', sequence: 7 });
  expect(await rebuildHotItem(deps, accountBalancesView, `account#${accountId}`)).toMatchObject({
    kind: 'failed',
  });
  expect(await getAccountBalance(dynamo, accountId)).toMatchObject({ balance: '5', sequence: 7 });
  await tamper(accountId, { sequence: 3 });
  await skipHot(
    deps,
    accountBalancesView,
    { projection: 'account-balances', aggregateId: `account#${accountId}`, eventSequence: 4 },
    ann,
  );
  expect(await rebuildHotItem(deps, accountBalancesView, `account#${accountId}`)).toEqual({
    kind: 'written',
  });
  const without = expected(events.slice(0, 3));
  expect(BigInt((await getAccountBalance(dynamo, accountId))?.balance ?? '')).toBe(
    BigInt(expected(events)?.balance ?? '') -
      (BigInt(expected(events.slice(0, 4))?.balance ?? '') - BigInt(without?.balance ?? '')),
  );
});

it('leaves alone an item whose members are undefined where they are not stored', async () => {
  const { accountId, events } = await newAccount(3);
  await createHotViews(deps)(events);
  const view: typeof accountBalancesView = {
    ...accountBalancesView,
    fold: (held, following) => {
      const item = accountBalancesView.fold(held, following);
      return item && Object.assign({ note: undefined }, item);
    },
  };
  const result = await rebuildHotItem(deps, view, `account#${accountId}`);
  expect(result).toEqual({ kind: 'unchanged' });
});
