import { createHash } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestDynamo } from '#server/testing/engines.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';
import { closeAccount } from './close-account.ts';
import { deposit } from './deposit.ts';
import { withdraw } from './withdraw.ts';

const dynamo = await createTestDynamo();
const { store, context, openFresh } = createTestWriteSide(dynamo);

afterAll(() => dynamo.close());

const EUR = { currency: 'EUR' };

const eventsOf = (accountId: string) => store.read(`account#${accountId}`);

async function balanceOf(accountId: string) {
  const { state } = await store.load(`account#${accountId}`);
  return state.status === 'unopened' ? undefined : state.balance;
}

describe('a command id', () => {
  it('that is sent again brings the first result, even where it would be refused now', async () => {
    const accountId = await openFresh();
    await deposit(context(), { accountId, amount: '10', ...EUR });
    const ctx = context();
    const asked = { accountId, amount: '10.00', ...EUR };
    const first = await withdraw(ctx, asked);
    expect(await withdraw(ctx, asked)).toEqual({ ...first, duplicate: true });
    const sameMeaning = { accountId: accountId.toLowerCase(), amount: '10', currency: 'eur' };
    expect(await withdraw(ctx, sameMeaning)).toEqual({ ...first, duplicate: true });
    expect(await balanceOf(accountId)).toBe(0n);

    await closeAccount(context(), { accountId });
    expect(await withdraw(ctx, asked)).toEqual({ ...first, duplicate: true });
    expect(await eventsOf(accountId)).toHaveLength(4);
  });

  it('that is sent many times at once is carried out once', async () => {
    const [accountId, elsewhere] = [await openFresh(), createTestWriteSide(dynamo)];
    const ctx = context();
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        deposit(index % 2 === 0 ? ctx : { ...ctx, handler: elsewhere.handler }, {
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
    await deposit(ctx, { accountId, amount: '1', ...EUR });
    await expect(
      deposit(ctx, { accountId, amount: '1', ...EUR, ...changes }),
    ).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
      message: expect.stringContaining(ctx.commandId),
    });
    await expect(withdraw(ctx, { accountId, amount: '1', ...EUR })).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
    expect(await eventsOf(accountId)).toHaveLength(2);
  });

  it('whose record is of the version before, which hashed names and texts, is known', async () => {
    const accountId = await openFresh();
    const ctx = context();
    const asked = { accountId, amount: '1', ...EUR };
    const first = await deposit(ctx, asked);
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
    expect(await deposit(ctx, asked)).toEqual({ ...first, duplicate: true });
    await expect(deposit(ctx, { ...asked, amount: '2' })).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('whose command was refused may be used again', async () => {
    const accountId = await openFresh();
    const ctx = context();
    const asked = { accountId, amount: '1', ...EUR };
    await expect(withdraw(ctx, asked)).rejects.toMatchObject({ code: 'OVERDRAFT_LIMIT_EXCEEDED' });
    await deposit(context(), asked);
    expect(await withdraw(ctx, asked)).toMatchObject({ duplicate: false });
  });
});
