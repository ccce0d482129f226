import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { findEventless } from '#server/runtime/commands/eventless/find-eventless.ts';
import { ASKS } from '#server/testing/asks.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { previewCommand } from './preview-command.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
  for (const number of ['A', 'B']) {
    await bank.run(openAccount, { number, owner: number, currency: 'EUR', overdraftLimit: '50' });
  }
});

afterAll(() => bank.close());

const preview = (type: string, fields: object) =>
  previewCommand(
    {
      ...ASKS,
      ...bank,
      registry: FULL_REGISTRY,
      now: () => new Date(),
      outages: { note: () => {} },
      requireBound: () => {},
    },
    type,
    { commandId: randomUUID(), ...fields },
  );

it('says what a command would write, and writes nothing', async () => {
  const between = { fromAccountId: 'A', toAccountId: 'B', amount: '10', currency: 'EUR' };
  expect(await preview('Transfer', between)).toMatchObject({
    ok: true,
    events: [
      { aggregateId: 'account#A', eventSequence: 2, eventType: 'TransferSent' },
      { aggregateId: 'account#B', eventSequence: 2, eventType: 'TransferReceived' },
    ],
  });
  expect((await bank.store.load('account#A')).version).toBe(1);
});

it.each([
  ['Withdraw', { accountId: 'A', amount: '51', currency: 'EUR' }, 'OVERDRAFT_LIMIT_EXCEEDED'],
  ['Deposit', { accountId: 'A', amount: 'ten', currency: 'EUR' }, 'INVALID_AMOUNT'],
  ['NoSuchCommand', {}, 'INVALID_INPUT'],
])('says why %s %j would be refused, and keeps that nowhere', async (type, fields, code) => {
  const result = await preview(type, fields);
  expect(result).toMatchObject({ ok: false });
  expect(result).toHaveProperty('code', code);
  await bank.eventless.flush();
  const now = new Date();
  const kept = await findEventless(
    bank.dynamo,
    { outcome: undefined, types: [], actors: [], aggregateId: undefined },
    { before: undefined, since: new Date(now.getTime() - 86_400_000), now, limit: 1 },
  );
  expect(kept.items).toEqual([]);
});
