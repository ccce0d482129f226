import { createHash } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { closeAccount } from '#server/modules/bank/commands/close-account.ts';
import { deposit, withdraw } from '#server/modules/bank/commands/move-money.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { loadAccount } from '#server/testing/load-account.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';

const dynamo = await createTestDynamo();
const { store, context, openFresh } = createTestWriteSide(dynamo);

afterAll(() => dynamo.close());

const EUR = { currency: 'EUR' };

const eventsOf = (accountId: string) => store.read(`account#${accountId}`);

async function balanceOf(accountId: string) {
  const { state } = await loadAccount(store, accountId);
  return state.status === 'unopened' ? undefined : state.balance;
}

describe('a command id', () => {
  it('that is sent again brings the first result, even where it would be refused now', async () => {
    const accountId = await openFresh();
    await runCommand(context(), deposit, { accountId, amount: '10', ...EUR });
    const ctx = context();
    const asked = { accountId, amount: '10.00', ...EUR };
    const first = await runCommand(ctx, withdraw, asked);
    expect(await runCommand(ctx, withdraw, asked)).toEqual({ ...first, duplicate: true });
    const sameMeaning = { accountId: accountId.toLowerCase(), amount: '10', currency: 'eur' };
    expect(await runCommand(ctx, withdraw, sameMeaning)).toEqual({ ...first, duplicate: true });
    expect(await balanceOf(accountId)).toBe(0n);

    await runCommand(context(), closeAccount, { accountId });
    expect(await runCommand(ctx, withdraw, asked)).toEqual({ ...first, duplicate: true });
    expect(await eventsOf(accountId)).toHaveLength(4);
  });

  it('that is sent many times at once is carried out once', async () => {
    const [accountId, elsewhere] = [await openFresh(), createTestWriteSide(dynamo)];
    const ctx = context();
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        runCommand(index % 2 === 0 ? ctx : { ...ctx, handler: elsewhere.handler }, deposit, {
          accountId,
          amount: '1',
          ...EUR,
        }),
      ),
    );
    expect(results.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(results.map(({ tokens }) => JSON.stringify(tokens))).size).toBe(1);
    expect(await balanceOf(accountId)).toBe(1_00n);
  });

  it.each([
    ['another amount', { amount: '2' }],
    ['another description', { description: 'tip' }],
    ['an amount that is refused anyway', { amount: '0' }],
  ])('with %s is refused, and nothing is written', async (_, changes) => {
    const accountId = await openFresh();
    const ctx = context();
    await runCommand(ctx, deposit, { accountId, amount: '1', ...EUR });
    await expect(
      runCommand(ctx, deposit, { accountId, amount: '1', ...EUR, ...changes }),
    ).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
      message: expect.stringContaining(ctx.commandId),
    });
    await expect(
      runCommand(ctx, withdraw, { accountId, amount: '1', ...EUR }),
    ).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
    expect(await eventsOf(accountId)).toHaveLength(2);
  });

  it('whose record is of the version before, which hashed names and texts, is known', async () => {
    const accountId = await openFresh();
    const ctx = context();
    const asked = { accountId, amount: '1', ...EUR };
    const first = await runCommand(ctx, deposit, asked);
    const fields = [
      ['accountId', accountId],
      ['amount', '100'],
      ['currency', 'EUR'],
    ];
    const texts = createHash('sha256')
      .update(JSON.stringify(['Deposit', fields]))
      .digest('hex');
    await dynamo.documents.send(
      new UpdateCommand({
        TableName: dynamo.tables.commands,
        Key: { commandId: ctx.commandId },
        UpdateExpression: 'SET payloadHash = :texts',
        ExpressionAttributeValues: { ':texts': texts },
      }),
    );
    expect(await runCommand(ctx, deposit, asked)).toEqual({ ...first, duplicate: true });
    await expect(runCommand(ctx, deposit, { ...asked, amount: '2' })).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('whose command was refused may be used again', async () => {
    const accountId = await openFresh();
    const ctx = context();
    const asked = { accountId, amount: '1', ...EUR };
    await expect(runCommand(ctx, withdraw, asked)).rejects.toMatchObject({
      code: 'OVERDRAFT_LIMIT_EXCEEDED',
    });
    await runCommand(context(), deposit, asked);
    expect(await runCommand(ctx, withdraw, asked)).toMatchObject({ duplicate: false });
  });
});
