import { afterAll, beforeAll, expect, it } from 'vitest';
import { outlineSchema } from '#lib/contracts/aggregates.ts';
import { deposit, withdraw } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getOutline } from './outline.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
  const currency = 'EUR';
  const at = (minute: number) => ({ bookedAt: `2026-11-03T10:0${minute}:00.000Z` });
  await bank.run(openAccount, { number: 'OUTLINE', owner: 'Ada', currency, ...at(0) });
  for (const minute of [1, 2, 3, 4]) {
    const input = { accountId: 'OUTLINE', amount: '1', currency, ...at(minute) };
    await bank.run(minute === 4 ? withdraw : deposit, input);
  }
  await bank.ingest();
});

afterAll(() => bank.close());

const ask = async (buckets: number, id = 'OUTLINE') =>
  outlineSchema.parse(await getOutline(bank.postgres.db, `account#${id}`, { buckets }));

it('tells when the events of each range began, and of which types they are', async () => {
  const { version, isSampled, buckets } = await ask(2);
  expect([version, isSampled]).toEqual([5, false]);
  expect(buckets).toEqual([
    {
      from: 1,
      to: 3,
      at: '2026-11-03T10:00:00.000Z',
      types: { AccountOpened: 1, MoneyDeposited: 2 },
    },
    {
      from: 4,
      to: 5,
      at: '2026-11-03T10:03:00.000Z',
      types: { MoneyDeposited: 1, MoneyWithdrawn: 1 },
    },
  ]);
});

it('has a range for each event of a short history, and none for what the journal does not hold', async () => {
  expect((await ask(200)).buckets.map(({ from, to }) => [from, to])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 5],
  ]);
  expect(await ask(200, 'NOBODY')).toEqual({ version: 0, isSampled: false, buckets: [] });
});
