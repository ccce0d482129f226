import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeAccount } from '#server/modules/bank/commands/close-account.ts';
import { deposit, withdraw } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createIngest } from '#server/runtime/journal/ingest.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { toRecordedEvent } from '#server/testing/event-codec.ts';
import { edit, type Item, whileItemTampered, whileTampered } from '#server/testing/tamper.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { reconcile } from './reconcile.ts';

let bank: TestBank;
let deps: IntegrityDeps;

beforeAll(async () => {
  bank = await createTestBank();
  deps = { ...bank, db: bank.postgres.db };
  for (const number of ['A', 'B', 'C']) {
    await bank.run(openAccount, {
      number,
      owner: `Owner of ${number}`,
      currency: 'EUR',
      overdraftLimit: '50',
      bookedAt: '2025-01-30T10:00:00.000Z',
    });
  }
  const days = ['2025-01-30', '2025-01-31', '2025-02-01', '2025-03-15'];
  for (const day of days) {
    const bookedAt = `${day}T12:00:00.000Z`;
    const money = { accountId: 'A', currency: 'EUR', bookedAt };
    await bank.run(deposit, { ...money, amount: '100', description: 'Wages', counterparty: 'Co' });
    await bank.run(withdraw, { ...money, amount: '30.25' });
  }
  const pay = { fromAccountId: 'A', toAccountId: 'B', amount: '12.34', currency: 'EUR' };
  await bank.run(transfer, { ...pay, description: 'Rent' });
  await bank.run(closeAccount, { accountId: 'C', reason: 'Moved' });
  await bank.settle();
  await updateHotViews('A', 'B', 'C');
});
afterAll(() => bank.close());

async function updateHotViews(...accountIds: readonly string[]): Promise<void> {
  const update = createHotViews({ ...bank, ...bank.registered });
  for (const accountId of accountIds) {
    await update(await bank.store.read(toAccountAggregateId(accountId)));
  }
}

const now = { settleMs: 0 };

/** Deposits of 400.00 less withdrawals of 121.00; the transfer cancels out. */
const toMoney = (held: string) => ({
  quantity: 'money',
  view: 'accounts',
  position: 14,
  units: [{ unit: 'EUR', made: '27900', underWay: '0', held, unpaired: 0 }],
  problem: null,
});

it('finds nothing where every view is what the events say', async () => {
  expect(await reconcile(deps, now)).toEqual({
    checked: 3,
    aggregates: 3,
    different: 0,
    differences: 0,
    explained: 0,
    unknownOrigins: 0,
    conserved: [toMoney('27900')],
    items: [],
  });
});

describe('finds a row that was tampered with', () => {
  it.each([
    ['accounts', 'balance', `UPDATE accounts SET balance = balance + 1`],
    ['accounts', 'owner', `UPDATE accounts SET owner = 'X'`],
    ['accounts', 'openedAt', `UPDATE accounts SET opened_at = opened_at + interval '1 ms'`],
    ['accounts', 'version', `UPDATE accounts SET version = version + 1`],
    ['accounts', 'version', `UPDATE accounts SET version = 0`],
    ['accounts', 'version', `DELETE FROM accounts`],
    ['transactions', '4/amount', `UPDATE transactions SET amount = 1`, `sequence = 4`],
    ['transactions', '4/balanceAfter', `UPDATE transactions SET balance_after = 1`, `sequence = 4`],
    ['transactions', '4/description', `UPDATE transactions SET description = ''`, `sequence = 4`],
    ['transactions', '4', `DELETE FROM transactions`, `sequence = 4`],
    ['transactions', 'version', `DELETE FROM transactions`, `sequence = 10`],
    ['transactions', 'version', `DELETE FROM transactions`],
    ['transactions', '1', `UPDATE transactions SET sequence = 1`, `sequence = 2`],
    ['transactions', 'version', `UPDATE transactions SET sequence = 99`, `sequence = 10`],
    ['daily-balances', '2025-01-31/closing', `UPDATE daily_balances SET closing = 1`],
    ['daily-balances', '2025-01-31/movements', `UPDATE daily_balances SET movements = 1`],
    ['daily-balances', '2025-01-31', `DELETE FROM daily_balances`, `day = '2025-01-31'`],
    ['daily-balances', 'version', `DELETE FROM daily_balances`, `day > '2025-03-15'`],
    [
      'daily-balances',
      '2025-02-02',
      `UPDATE daily_balances SET day = '2025-02-02'`,
      `day = '2025-02-01'`,
    ],
    ['account-summaries', 'totalIn', `UPDATE account_summaries SET total_in = 0`],
    ['account-summaries', 'lowestBalance', `UPDATE account_summaries SET lowest_balance = -1`],
    ['account-summaries', 'version', `DELETE FROM account_summaries`],
    ['account-summaries', '2025-02/totalOut', `UPDATE account_months SET total_out = 0`],
    ['account-summaries', '2025-02', `DELETE FROM account_months`, `month = '2025-02'`],
    [
      'account-summaries',
      '2024-12',
      `UPDATE account_months SET month = '2024-12'`,
      `month = '2025-02'`,
    ],
  ])('%s: %s (%s, %s)', async (view, field, statement, where = 'true') => {
    const tampered = `${statement} WHERE account_id = 'A' AND ${where}`;
    const result = await whileTampered(bank, tampered, () => reconcile(deps, now));
    expect(result.different).toBe(1);
    expect(result.items).toContainEqual(
      expect.objectContaining({ aggregateId: 'account#A', view, field }),
    );
    expect(new Set(result.items.map((item) => item.view))).toEqual(new Set([view]));
  });

  it.each<['account-balances' | 'recent-transactions', string, Item | undefined]>([
    ['account-balances', 'balance', { balance: '1' }],
    ['account-balances', 'owner', { owner: 'X' }],
    ['account-balances', 'status', { status: 'closed' }],
    ['account-balances', 'item', { balance: 1 }],
    ['account-balances', 'version', { sequence: 9 }],
    ['account-balances', 'version', { sequence: 11 }],
    ['account-balances', 'version', undefined],
    ['recent-transactions', 'balance', { balance: '1' }],
    [
      'recent-transactions',
      'transactions/2/amount',
      { transactions: edit('"amount":"10000"', '"amount":"1"') },
    ],
    ['recent-transactions', 'transactions/0', { transactions: () => '[]' }],
    ['recent-transactions', 'item', { transactions: () => '[' }],
    ['recent-transactions', 'version', { sequence: 2 }],
    ['recent-transactions', 'version', undefined],
  ])('%s: %s (%j)', async (view, field, change) => {
    const result = await whileItemTampered(bank, view, change, () => reconcile(deps, now));
    expect(result.different).toBe(1);
    expect(result.items).toContainEqual(
      expect.objectContaining({ aggregateId: 'account#A', view, field }),
    );
    expect(new Set(result.items.map((item) => item.view))).toEqual(new Set([view]));
  });

  it('with the last event after which it was right', async () => {
    const statement = `UPDATE accounts SET balance = 10000 WHERE account_id = 'A'`;
    const { items } = await whileTampered(bank, statement, () => reconcile(deps, now));
    // 100.00 was deposited, and 30.25 withdrawn: event 3.
    expect(items).toMatchObject([{ view: 'accounts', field: 'balance', lastRight: 2 }]);
  });

  it('with what is there and what should be', async () => {
    const statement = `UPDATE accounts SET balance = -7 WHERE account_id = 'B'`;
    expect(await whileTampered(bank, statement, () => reconcile(deps, now))).toEqual({
      checked: 3,
      aggregates: 3,
      different: 1,
      differences: 1,
      explained: 0,
      unknownOrigins: 0,
      conserved: [toMoney('26659')],
      items: [
        {
          aggregateId: 'account#B',
          view: 'accounts',
          field: 'balance',
          expected: '1234',
          actual: '-7',
          explanation: null,
          lastRight: null,
        },
      ],
    });
  });
});

describe('says what is known to be behind a difference', () => {
  const recordDeadLetter = (projection: string, status: 'dead' | 'skipped') => sql`
    INSERT INTO playhead.dead_letters (projection, aggregate_id, event_sequence, category, error, error_group,
      attempts, first_failed_at, last_failed_at, status, skipped_by, skip_reason)
    VALUES (${projection}, 'account#A', 4, 'handler', 'A bug.', 'A bug.', 3, now(), now(), ${status},
      'olga', 'No matter.')
  `;
  /** The account as it is up to event 3, and as it is without event 4. */
  const WAITING = `UPDATE accounts SET version = 3, balance = 6975,
    last_activity_at = '2025-01-30T12:00:00Z' WHERE account_id = 'A'`;
  const WITHOUT = `UPDATE accounts SET balance = balance - 10000 WHERE account_id = 'A'`;
  const UP_TO_3 = `DELETE FROM transactions WHERE account_id = 'A' AND sequence > 3`;
  const WITHOUT_4 = `WITH gone AS (DELETE FROM transactions WHERE account_id = 'A' AND sequence = 4)
    UPDATE transactions SET balance_after = balance_after - 10000
    WHERE account_id = 'A' AND sequence > 4`;
  afterEach(() => bank.postgres.db.execute(sql`DELETE FROM playhead.dead_letters`));

  it.each([
    ['accounts', 'dead', WAITING, 'Event 4 is a dead letter: A bug.'],
    ['accounts', 'skipped', WITHOUT, 'Event 4 was skipped, by olga: No matter.'],
    ['journal', 'skipped', WITHOUT, 'Event 4 was skipped by ingest, by olga: No matter.'],
    ['transactions', 'dead', UP_TO_3, 'Event 4 is a dead letter: A bug.'],
    ['transactions', 'skipped', WITHOUT_4, 'Event 4 was skipped, by olga: No matter.'],
  ] as const)('%s: %s', async (projection, status, statement, explanation) => {
    await bank.postgres.db.execute(recordDeadLetter(projection, status));
    const result = await whileTampered(bank, statement, () => reconcile(deps, now));
    expect(result).toMatchObject({ checked: 3, different: 0, differences: 0, explained: 1 });
    expect(new Set(result.items.map((item) => item.explanation))).toEqual(new Set([explanation]));
  });

  it.each([
    ['accounts', 'dead', WAITING.replace('6975', '6974'), 'balance', '6975'],
    ['accounts', 'dead', WITHOUT, 'version', '3'],
    ['accounts', 'skipped', WITHOUT.replace('10000', '1'), 'balance', '16666'],
    ['accounts', 'skipped', WAITING, 'version', '10'],
    ['transactions', 'dead', UP_TO_3.replace('> 3', '> 2'), 'version', '3'],
    ['transactions', 'skipped', WITHOUT_4.replace('= 4', '= 9'), '4', null],
    ['transactions', 'skipped', WITHOUT_4.replace('10000', '1'), '5/balanceAfter', '3950'],
  ] as const)('and what that does not come to is none: %s, %s, %s', async (...each) => {
    const [view, status, statement, field, expected] = each;
    await bank.postgres.db.execute(recordDeadLetter(view, status));
    const result = await whileTampered(bank, statement, () => reconcile(deps, now));
    expect(result).toMatchObject({ checked: 3, different: 1, explained: 0 });
    expect(result.items).toContainEqual(
      expect.objectContaining({ view, field, expected, explanation: null }),
    );
  });

  it('and nothing where the view holds everything all the same', async () => {
    await bank.postgres.db.execute(recordDeadLetter('accounts', 'dead'));
    expect(await reconcile(deps, now)).toMatchObject({ different: 0, explained: 0, items: [] });
  });

  it('and leaves the other views’ differences unexplained', async () => {
    await bank.postgres.db.execute(recordDeadLetter('transactions', 'dead'));
    const result = await whileTampered(bank, WAITING, () => reconcile(deps, now));
    expect(result).toMatchObject({ different: 1, explained: 0 });
    expect(result.items[0]).toMatchObject({ view: 'accounts', explanation: null });
  });
});

describe('finds an account that the event store does not know', () => {
  it.each([
    ['accounts', `UPDATE accounts SET account_id = 'GHOST' WHERE account_id = 'C'`],
    ['transactions', `UPDATE transactions SET account_id = 'GHOST' WHERE account_id = 'B'`],
    ['daily-balances', `UPDATE daily_balances SET account_id = 'GHOST' WHERE account_id = 'B'`],
    [
      'account-summaries',
      `UPDATE account_summaries SET account_id = 'GHOST' WHERE account_id = 'C'`,
    ],
    ['account-summaries', `UPDATE account_months SET account_id = 'GHOST' WHERE account_id = 'B'`],
  ])('in %s (%s)', async (view, statement) => {
    const result = await whileTampered(bank, statement, () => reconcile(deps, now));
    expect(result).toMatchObject({ checked: 3, different: 2 });
    expect(result.items).toContainEqual({
      aggregateId: 'account#GHOST',
      view,
      field: 'aggregate',
      expected: null,
      actual: 'a row',
      explanation: null,
    });
  });

  it.each(['account-balances', 'recent-transactions'])('in %s', async (view) => {
    const { documents, tables } = bank.dynamo;
    const TableName = `${tables.prefix}${view}`;
    const Key = { accountId: 'GHOST' };
    await documents.send(new PutCommand({ TableName, Item: Key }));
    try {
      const result = await reconcile(deps, now);
      expect(result).toMatchObject({ checked: 3, different: 1, differences: 1 });
      expect(result.items).toMatchObject([{ aggregateId: 'account#GHOST', field: 'aggregate' }]);
    } finally {
      await documents.send(new DeleteCommand({ TableName, Key }));
    }
  });
});

describe('while the bank is at work', () => {
  const payIn = (accountId: string) =>
    bank.run(deposit, { accountId, amount: '1', currency: 'EUR' });

  it('waits for views that are behind, and reports those that stay behind', async () => {
    await payIn('B');
    const stuck = await reconcile(deps, { settleMs: 50 });
    expect(stuck).toMatchObject({ different: 1, differences: 7 });
    expect(stuck.items).toContainEqual({
      aggregateId: 'account#B',
      view: 'recent-transactions',
      field: 'version',
      expected: '3',
      actual: '2',
      explanation: null,
    });

    const patient = reconcile(deps, { settleMs: 30_000 });
    await bank.settle();
    await updateHotViews('B');
    expect(await patient).toMatchObject({ checked: 3, different: 0 });
  });

  it('is not misled by events that arrive while it reads', async () => {
    let isDone = false;
    const working = (async () => {
      while (!isDone) {
        await payIn('A');
        await bank.settle();
        await updateHotViews('A');
      }
    })();
    for (let round = 0; round < 10; round += 1) {
      expect(await reconcile(deps, { settleMs: 10_000 })).toMatchObject({ items: [] });
    }
    isDone = true;
    await working;
  });

  it('ends when it is interrupted', async () => {
    const signal = AbortSignal.abort();
    await expect(reconcile(deps, { signal })).rejects.toThrow(/abort/i);
  });
});

it('reports an item in the event store that is of no account', async () => {
  const { documents, tables } = bank.dynamo;
  const Key = { aggregateId: 'account#A', eventSequence: 0 };
  await documents.send(new PutCommand({ TableName: tables.events, Item: { ...Key, note: 'x' } }));
  try {
    const found = await reconcile(deps, now);
    expect(found).toMatchObject({ checked: 3, different: 1, differences: 1, explained: 0 });
    expect(found.items).toMatchObject([
      { aggregateId: 'foreign#account#A/0', view: 'event-store', field: 'item', explanation: null },
    ]);
    for await (const items of bank.store.scanDelivered()) {
      await createIngest({ db: deps.db, store: bank.store })(items);
    }
    const known = await reconcile(deps, now);
    expect(known).toMatchObject({ checked: 3, different: 0, explained: 1 });
    expect(known.items[0]?.explanation).toMatch(/^Event 1 is a dead letter by ingest: /);
  } finally {
    await documents.send(new DeleteCommand({ TableName: tables.events, Key }));
    await bank.postgres.db.execute(sql`DELETE FROM playhead.dead_letters`);
  }
});

it('reports an event that cannot be read, and goes on with the others', async () => {
  const { documents, tables } = bank.dynamo;
  const [, event] = await bank.store.read(toAccountAggregateId('B'));
  expect(event && toRecordedEvent(event)).toBeDefined();
  const Item = { ...event, eventData: { amount: 'much' } };
  await documents.send(new PutCommand({ TableName: tables.events, Item }));
  const { checked, different, items } = await reconcile(deps, now);
  expect({ checked, different }).toEqual({ checked: 3, different: 1 });
  expect(items).toMatchObject([
    {
      aggregateId: 'account#B',
      view: 'event-store',
      actual: expect.stringContaining('account#B/2'),
    },
    {
      aggregateId: 'account#B',
      view: 'journal',
      field: '2/eventData',
      expected: '{"amount":"much"}',
    },
  ]);
});
