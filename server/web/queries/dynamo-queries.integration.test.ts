import { afterAll, beforeAll, expect, it } from 'vitest';
import { consumerLagSchema, hotViewsSchema } from '#lib/contracts/queries.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { getConsumerLagAnswer } from './consumer-lag.ts';
import { getHotViews } from './hot-views.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
  await bank.run(openAccount, { number: 'HOT', owner: 'Ada', currency: 'EUR' });
  await bank.run(deposit, { accountId: 'HOT', amount: '12.50', currency: 'EUR' });
});

afterAll(() => bank.close());

const ask = async () => hotViewsSchema.parse(await getHotViews(bank.dynamo, 'HOT'));

it('shows what the hot views hold of an account, and before that nothing', async () => {
  expect(await ask()).toEqual({ balance: null, recent: null });
  await bank.settle();
  expect(await ask()).toMatchObject({
    balance: { balance: '1250', currency: 'EUR', status: 'open', sequence: 2 },
    recent: { sequence: 2, items: [{ type: 'deposit', amount: '1250', balanceAfter: '1250' }] },
  });
});

it('counts what the consumers have not read, also while no worker runs', async () => {
  const now = () => new Date();
  const { consumers } = consumerLagSchema.parse(
    await getConsumerLagAnswer({ dynamo: bank.dynamo, now }),
  );
  const facts = consumers.map(({ name, status, eventsBehind }) => ({ name, status, eventsBehind }));
  expect(facts).toEqual([
    { name: 'journal', status: 'down', eventsBehind: 2 },
    { name: 'hot-views', status: 'down', eventsBehind: 2 },
  ]);
});
