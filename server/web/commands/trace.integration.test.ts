import { afterAll, beforeAll, expect, it } from 'vitest';
import { traceSchema } from '#lib/contracts/command-history.ts';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { openAccount } from '#server/modules/bank/commands/open-account.ts';
import { transfer } from '#server/modules/bank/commands/transfer.ts';
import { type Command, runCommand } from '#server/runtime/commands/command.ts';
import { createTestBank, type TestBank } from '#server/testing/bank.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { getTrace } from './trace.ts';

let bank: TestBank;

beforeAll(async () => {
  bank = await createTestBank();
  const run = (commandId: string, command: Command, input: object, correlationId: string) =>
    runCommand(
      { actor: 'tester', commandId, correlationId, handler: bank.handler },
      command,
      input,
    );
  for (const number of ['A', 'B']) {
    await run(`open-${number}`, openAccount, { number, owner: number, currency: 'EUR' }, 'opening');
    await bank.ingest();
  }
  const money = { amount: '5', currency: 'EUR' };
  await run('one', deposit, { accountId: 'A', ...money }, 'both');
  await bank.ingest();
  await run('two', transfer, { fromAccountId: 'A', toAccountId: 'B', ...money }, 'both');
  await bank.settle();
});

afterAll(() => bank.close());

const ask = async (correlationId: string) => {
  const deps = {
    ...bank,
    db: bank.postgres.db,
    registry: FULL_REGISTRY,
    commandRetentionDays: 90,
    now: () => new Date(),
    tracing: undefined,
  };
  return traceSchema.parse(await getTrace(deps, correlationId));
};

it('has the commands of one correlation with their events, and the views that took them', async () => {
  const { commands, views, isCut } = await ask('both');
  expect(
    commands.map(({ commandId, events }) => [
      commandId,
      events.map(({ aggregateId }) => aggregateId),
    ]),
  ).toEqual([
    ['one', ['account#A']],
    ['two', ['account#A', 'account#B']],
  ]);
  expect(isCut).toBe(false);
  expect(views).toHaveLength(6);
  expect(
    views.every(({ state, aggregateType }) => state === 'done' && aggregateType === 'account'),
  ).toBe(true);
});

it('is empty for a correlation that the journal does not know', async () => {
  expect(await ask('none')).toMatchObject({ commands: [], views: [] });
});
