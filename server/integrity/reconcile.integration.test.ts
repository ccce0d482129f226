import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeAccount } from '#server/commands/close-account.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { transfer } from '#server/commands/transfer.ts';
import { withdraw } from '#server/commands/withdraw.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import type { IntegrityDeps } from './compare-account.ts';
import { reconcile } from './reconcile.ts';

let bank: TestBank;
let deps: IntegrityDeps;

beforeAll(async () => {
  bank = await createTestBank();
  deps = { store: bank.store, db: bank.postgres.db, dynamo: bank.dynamo };
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
});
afterAll(() => bank.close());

const now = { settleMs: 0 };

it('finds nothing where every view is what the events say', async () => {
  expect(await reconcile(deps, now)).toEqual({
    checked: 3,
    different: 0,
    differences: 0,
    explained: 0,
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
    const result = await whileTampered(tampered, () => reconcile(deps, now));
    expect(result.different).toBe(1);
    expect(result.items).toContainEqual(expect.objectContaining({ accountId: 'A', view, field }));
    expect(new Set(result.items.map((item) => item.view))).toEqual(new Set([view]));
  });

  it('with what is there and what should be', async () => {
    const statement = `UPDATE accounts SET balance = -7 WHERE account_id = 'B'`;
    expect(await whileTampered(statement, () => reconcile(deps, now))).toEqual({
      checked: 3,
      different: 1,
      differences: 1,
      explained: 0,
      items: [
        {
          accountId: 'B',
          view: 'accounts',
          field: 'balance',
          expected: '1234',
          actual: '-7',
          explanation: null,
        },
      ],
    });
  });
});

describe('says what is known to be behind a difference', () => {
  const bury = (projection: string, status: 'dead' | 'skipped') => sql`
    INSERT INTO dead_letters (projection, aggregate_id, event_sequence, category, error, error_group,
      attempts, first_failed_at, last_failed_at, status, skipped_by, skip_reason)
    VALUES (${projection}, 'account#A', 4, 'handler', 'A bug.', 'A bug.', 3, now(), now(), ${status},
      'olga', 'No matter.')
  `;
  const tampered = `UPDATE accounts SET version = 3 WHERE account_id = 'A'`;
  afterEach(() => bank.postgres.db.execute(sql`DELETE FROM dead_letters`));

  it.each([
    ['accounts', 'dead', 'Event 4 is a dead letter: A bug.'],
    ['accounts', 'skipped', 'Event 4 was skipped, by olga: No matter.'],
    ['journal', 'skipped', 'Event 4 was skipped by ingest, by olga: No matter.'],
  ] as const)('%s: %s', async (projection, status, explanation) => {
    await bank.postgres.db.execute(bury(projection, status));
    const result = await whileTampered(tampered, () => reconcile(deps, now));
    expect(result).toMatchObject({ checked: 3, different: 0, differences: 0, explained: 1 });
    expect(new Set(result.items.map((item) => item.explanation))).toEqual(new Set([explanation]));
  });

  it('and leaves the other views’ differences unexplained', async () => {
    await bank.postgres.db.execute(bury('transactions', 'dead'));
    const result = await whileTampered(tampered, () => reconcile(deps, now));
    expect(result).toMatchObject({ different: 1, explained: 0 });
    expect(result.items[0]).toMatchObject({ view: 'accounts', explanation: null });
  });
});

/** Puts the tables back as they were. */
async function whileTampered<Result>(statement: string, work: () => Promise<Result>) {
  const { db } = bank.postgres;
  const tables = [
    'accounts',
    'transactions',
    'daily_balances',
    'account_summaries',
    'account_months',
  ];
  for (const table of tables) {
    await db.execute(sql.raw(`CREATE TABLE kept_${table} AS TABLE ${table}`));
  }
  try {
    const { count } = await db.execute(sql.raw(statement));
    expect(count).toBeGreaterThan(0);
    return await work();
  } finally {
    for (const table of tables) {
      await db.execute(sql.raw(`DELETE FROM ${table}`));
      await db.execute(sql.raw(`INSERT INTO ${table} SELECT * FROM kept_${table}`));
      await db.execute(sql.raw(`DROP TABLE kept_${table}`));
    }
  }
}
