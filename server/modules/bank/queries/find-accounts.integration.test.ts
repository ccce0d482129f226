import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsPageSchema } from '#lib/modules/bank/queries.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { createTestPostgres } from '#server/testing/engines.ts';
import { accountsQuerySchema, getAccountsPage } from './accounts-page.ts';
import { getBankTotals } from './bank-totals.ts';
import { searchAccounts } from './search-accounts.ts';

const postgres = await createTestPostgres();
const { db, sql } = postgres;

/**
 * More of them match "Novák" than a search counts, and so many names come before these that a search by the
 * owner does not reach them from there; only five are called Dvořák.
 */
const ACCOUNTS = 92_000;

beforeAll(async () => {
  await sql`
    INSERT INTO accounts (account_id, number, owner, currency, overdraft_limit, balance, status,
      opened_at, closed_at, last_activity_at, version)
    SELECT 'N' || lpad(n::text, 5, '0'), 'N' || lpad(n::text, 5, '0'),
      CASE WHEN n % 20000 = 7 THEN 'Antonín Dvořák' WHEN n % 3 = 0 THEN 'Jan Novák ' || n % 700
        ELSE 'Ada Müller ' || n % 50 END,
      (ARRAY['CZK', 'EUR', 'JPY'])[1 + n % 2 + (n % 100 = 0)::int], 0, (n * 7919) % 5000 - 2500,
      CASE WHEN n % 40 = 0 THEN 'closed' ELSE 'open' END, '2020-01-01'::timestamptz + n % 300 * interval '1 day',
      NULL, '2024-01-01'::timestamptz + (n * 31) % 4000 * interval '1 hour', 1
    FROM generate_series(1, ${ACCOUNTS}::int) AS n`;
  await sql`ANALYZE accounts`;
  await sql`ANALYZE account_directory`;
});

afterAll(postgres.close);

async function getPage(params: string[][]) {
  const query = parseQuery(accountsQuerySchema, new URLSearchParams(params));
  return accountsPageSchema.parse(await getAccountsPage(db, query));
}

const COLUMN: Record<string, string> = {
  lastActivity: 'last_activity_at',
  owner: 'owner COLLATE "und-x-icu"',
  number: 'number',
  balance: 'balance',
  openedAt: 'opened_at',
};
const FILTERS = {
  'no filter': [[], 'true'],
  'one currency': [[['currency', 'JPY']], "currency = 'JPY'"],
  'closed ones of two': [
    [
      ['status', 'closed'],
      ['currency', 'EUR'],
      ['currency', 'CZK'],
    ],
    "status = 'closed' AND currency IN ('EUR', 'CZK')",
  ],
  'a frequent name': [[['q', 'novak']], "owner LIKE 'Jan Nov%'"],
  'a frequent name, narrowed': [
    [
      ['q', 'NOVAK jan'],
      ['status', 'open'],
    ],
    "owner LIKE 'Jan Nov%' AND status = 'open'",
  ],
  'a rare name': [[['q', 'dvorak antonin']], "owner LIKE '%Dvo%'"],
  'a part of a number': [[['q', 'n 0 12']], "number LIKE 'N012%'"],
} satisfies Record<string, [string[][], string]>;

describe.each(Object.entries(FILTERS))('accounts by %s', (_, [params, where]) => {
  const orders = Object.keys(COLUMN).flatMap((sort) => ['asc', 'desc'].map((dir) => [sort, dir]));

  it.each(orders)('are the first ones by %s %s, on every page', async (sort, dir) => {
    const expected = await sql.unsafe(
      `SELECT account_id FROM accounts WHERE ${where}
       ORDER BY ${COLUMN[sort ?? '']} ${dir}, account_id ${dir} LIMIT 60`,
    );
    const order = [['sort', sort ?? ''], ['dir', dir ?? ''], ['limit', '30'], ...params];
    const first = await getPage(order);
    const second = first.nextCursor
      ? await getPage([...order, ['cursor', first.nextCursor]])
      : null;
    const ids = [...first.items, ...(second?.items ?? [])].map(({ accountId }) => accountId);
    expect(ids).toEqual(expected.map(({ account_id }) => account_id));
  });

  it('are counted, exactly or up to a bound', async () => {
    const [row] = await sql.unsafe(`SELECT count(*)::int AS count FROM accounts WHERE ${where}`);
    const { total, atLeast } = await getPage(params);
    expect(atLeast ? total < row?.count && total >= 2_000 : total === row?.count).toBe(true);
  });
});

it('finds accounts in the palette, those that begin so first', async () => {
  const found = (q: string) => db.transaction((tx) => searchAccounts(tx, q, 8));
  const owners = async (q: string) => (await found(q)).map(({ title }) => title);
  expect(await owners('dvorak')).toEqual(Array(5).fill('Antonín Dvořák'));
  expect((await owners('jan'))[0]).toMatch(/^Jan Novák/);
  expect((await found('n00012')).map(({ aggregateId }) => aggregateId)).toEqual(['account#N00012']);
});

describe('what triggers keep of accounts', () => {
  const kept = async () => ({
    totals: [...(await sql`SELECT * FROM account_totals ORDER BY currency, status`)],
    directory: [
      ...(await sql`SELECT account_id, currency, status, owner, number, opened_at
        FROM account_directory ORDER BY account_id`),
    ],
    words: [...(await sql`SELECT words FROM account_directory ORDER BY account_id`)].map(
      ({ words }) => words,
    ),
  });
  const counted = async () => ({
    totals: [
      ...(await sql`SELECT currency, status, count(*) AS accounts, sum(balance) AS balance
        FROM accounts GROUP BY 1, 2 ORDER BY 1, 2`),
    ],
    directory: [
      ...(await sql`SELECT account_id, currency, status, owner, number, opened_at
        FROM accounts ORDER BY account_id`),
    ],
    words: [
      ...(await sql`SELECT ' ' || playhead.fold_text(owner) || E'\n ' || playhead.fold_text(number)
        AS words FROM accounts ORDER BY account_id`),
    ].map(({ words }) => words),
  });

  it.each([
    "UPDATE accounts SET balance = balance + 5 WHERE currency = 'EUR'",
    "UPDATE accounts SET status = 'closed' WHERE balance % 7 = 0",
    "UPDATE accounts SET owner = 'Ünal', currency = 'KWD' WHERE number LIKE 'N0001%'",
    "UPDATE accounts SET account_id = 'GHOST' WHERE account_id = 'N00002'",
    "DELETE FROM accounts WHERE currency = 'JPY'",
    `INSERT INTO accounts SELECT * FROM accounts WHERE number < 'N00100'
       ON CONFLICT (account_id) DO UPDATE SET balance = excluded.balance + 1, status = 'open'`,
    'TRUNCATE accounts',
  ])('is what the rows say after %s', async (statement) => {
    await sql.unsafe(statement);
    expect(await kept()).toEqual(await counted());
    const [row] = await sql`SELECT count(*)::int AS accounts FROM accounts`;
    expect((await getBankTotals(db)).accounts).toBe(row?.accounts);
  });
});
