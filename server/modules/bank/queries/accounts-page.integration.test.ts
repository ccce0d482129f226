import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsPageSchema } from '#lib/modules/bank/queries.ts';
import { parseQuery } from '#server/runtime/queries/parse-query.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { closeAccount } from '../commands/close-account.ts';
import { deposit } from '../commands/move-money.ts';
import { openAccount } from '../commands/open-account.ts';
import { accountsQuerySchema, getAccountsPage } from './accounts-page.ts';

let bank: TestBank;

/** Thirty accounts: owners, balances and opening days repeat, so that every sort has ties. */
const ACCOUNTS = Array.from({ length: 30 }, (_, index) => ({
  number: `A-${String((index * 7) % 30).padStart(3, '0')}`,
  owner: ['Ada Lovelace', 'Äda Byron', 'Bob', 'bob', '100% Proof_Ltd', 'C\\D'][index % 6] ?? '',
  currency: ['EUR', 'EUR', 'JPY'][index % 3] ?? '',
  deposit: [0, 5, 5, 900][index % 4] ?? 0,
  bookedAt: `2026-01-0${1 + (index % 3)}T10:00:00.000Z`,
}));

beforeAll(async () => {
  bank = await createTestBank();
  for (const { deposit: amount, ...account } of ACCOUNTS) {
    await bank.run(openAccount, account);
    if (amount > 0) {
      const { currency, bookedAt } = account;
      await bank.run(deposit, {
        accountId: account.number,
        amount: String(amount),
        currency,
        bookedAt,
      });
    }
  }
  await bank.run(closeAccount, { accountId: ACCOUNTS[0]?.number });
  await bank.settle();
});

afterAll(() => bank.close());

async function getPage(params: Record<string, string> | string[][]) {
  const query = parseQuery(accountsQuerySchema, new URLSearchParams(params));
  return accountsPageSchema.parse(await getAccountsPage(bank.postgres.db, query));
}

async function getAll(params: Record<string, string>) {
  const numbers: string[] = [];
  let cursor = '';
  let pages = 0;
  do {
    const page = await getPage({ ...params, cursor });
    numbers.push(...page.items.map(({ number }) => number));
    cursor = page.nextCursor ?? '';
    pages += 1;
  } while (cursor !== '' && pages < 100);
  return { numbers, pages };
}

describe('paging through accounts', () => {
  const sorts = ['lastActivity', 'owner', 'number', 'balance', 'openedAt'];
  const orders = sorts.flatMap((sort) => ['asc', 'desc'].map((dir) => ({ sort, dir })));

  it.each(orders)('neither loses nor doubles a row by $sort $dir', async ({ sort, dir }) => {
    const { numbers, pages } = await getAll({ sort, dir, limit: '7' });
    expect(pages).toBe(5);
    expect(numbers).toHaveLength(30);
    expect(new Set(numbers)).toEqual(new Set(ACCOUNTS.map(({ number }) => number)));
    const whole = await getPage({ sort, dir, limit: '200' });
    expect(numbers).toEqual(whole.items.map(({ number }) => number));
  });

  it('ends exactly at the last row of a full page', async () => {
    const { pages } = await getAll({ limit: '10' });
    expect(pages).toBe(3);
  });

  it.each(['balance', 'openedAt', 'number'] as const)('sorts by %s', async (sort) => {
    const { items } = await getPage({ sort, dir: 'asc' });
    const keys = items.map((row) => row[sort].padStart(30));
    expect(keys).toEqual([...keys].sort());
  });

  it('sorts owners by the alphabet as people know it', async () => {
    const { items } = await getPage({ sort: 'owner', dir: 'asc' });
    const initials = items.map(({ owner }) => owner.charAt(0).toLowerCase().normalize('NFD')[0]);
    expect(initials).toEqual([...initials].sort());
  });

  it('refuses the cursor of another order, and what is none', async () => {
    const { nextCursor } = await getPage({ sort: 'owner', limit: '5' });
    const refusal = { code: 'INVALID_INPUT', field: 'cursor' };
    await expect(getPage({ sort: 'balance', cursor: nextCursor ?? '' })).rejects.toMatchObject(
      refusal,
    );
    await expect(getPage({ cursor: 'zzz' })).rejects.toMatchObject(refusal);
    const forged = Buffer.from(
      JSON.stringify({ sort: 'balance', dir: 'asc', value: "1'; drop", accountId: 'A' }),
    ).toString('base64url');
    await expect(getPage({ sort: 'balance', dir: 'asc', cursor: forged })).rejects.toMatchObject(
      refusal,
    );
  });
});

describe('searching accounts', () => {
  it.each([
    ['ada', 10],
    ['ADA lovelace', 5],
    ['lovelace ada', 5],
    ['byron ada', 5],
    ['proof 100%', 5],
    ['BOB', 10],
    ['100%', 5],
    ['%', 5],
    ['_', 5],
    ['\\', 5],
    ['C\\D', 5],
    ['a-01', 10],
    ['A - 0 2 9', 1],
    ['nobody', 0],
    ["'; drop table accounts; --", 0],
    ['\0', 30],
  ])('finds %j', async (q, expected) => {
    const page = await getPage({ q });
    expect(page.total).toBe(expected);
    expect(page.items).toHaveLength(expected);
  });

  it('counts each facet over the filter without its own dimension', async () => {
    const page = await getPage({ status: 'open', currency: 'EUR' });
    expect(page.total).toBe(19);
    expect(page.facets).toEqual({
      status: [
        { value: 'open', count: 19 },
        { value: 'closed', count: 1 },
      ],
      currency: [
        { value: 'EUR', count: 19 },
        { value: 'JPY', count: 10 },
      ],
    });
  });

  it('takes several values of a dimension', async () => {
    const both = await getPage([
      ['currency', 'EUR'],
      ['currency', 'JPY'],
    ]);
    expect(both.total).toBe(30);
  });

  it.each([
    [{ status: 'gone' }, 'status'],
    [{ sort: 'password' }, 'sort'],
    [{ limit: '0' }, 'limit'],
    [{ limit: '1e9' }, 'limit'],
  ])('refuses %j', async (params, field) => {
    const refusal = { code: 'INVALID_INPUT', field: expect.stringContaining(field) };
    await expect(getPage(params)).rejects.toMatchObject(refusal);
  });
});

it('says how fresh it is', async () => {
  const { freshness } = await getPage({});
  expect(freshness).toEqual({
    projection: 'accounts',
    position: freshness.head,
    head: 30 + 22 + 1,
    eventsBehind: 0,
    secondsBehind: 0,
  });
});
