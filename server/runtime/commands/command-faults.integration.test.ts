import { NumberValue, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { deposit } from '#server/modules/bank/commands/move-money.ts';
import { runCommand } from '#server/runtime/commands/command.ts';
import { ANSWER_LOST, injectFaults, sdkError } from '#server/testing/dynamo-faults.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { createTestWriteSide } from '#server/testing/write-side.ts';

const dynamo = await createTestDynamo();
const faulty = await createTestDynamo();
const calm = createTestWriteSide(dynamo);
const shaken = createTestWriteSide({ ...faulty, tables: dynamo.tables });

/** Whether the nth transaction's answer is lost; whether snapshots can be written. */
let losesAnswer = (_nth: number) => false;
let keepsSnapshots = true;
let transactions = 0;
injectFaults(faulty, (commandName) => {
  if (commandName === 'BatchWriteItemCommand' && !keepsSnapshots) {
    return { lose: 'request', error: sdkError('ValidationException') };
  }
  if (commandName !== 'TransactWriteItemsCommand') {
    return undefined;
  }
  transactions += 1;
  return losesAnswer(transactions) ? ANSWER_LOST : undefined;
});

afterAll(() => {
  dynamo.close();
  faulty.close();
});

describe('the command handler, where answers are lost', () => {
  it('carries every command out once', async () => {
    losesAnswer = (nth) => nth % 3 === 0;
    const accountIds = await Promise.all([calm.openFresh(), calm.openFresh(), calm.openFresh()]);
    const banks = [calm, shaken];
    const results = await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        runCommand((banks[index % 2] ?? calm).context(), deposit, {
          accountId: accountIds[index % 3],
          amount: '0.01',
          currency: 'EUR',
        }),
      ),
    );
    expect(results.every(({ duplicate }) => !duplicate)).toBe(true);
    for (const accountId of accountIds) {
      expect(await calm.store.load(`account#${accountId}`)).toMatchObject({
        version: 41,
        state: { balance: 40n },
      });
    }
  });

  it('lets a caller send a command again that no attempt confirmed', async () => {
    const accountId = await calm.openFresh();
    losesAnswer = () => true;
    const ctx = shaken.context();
    const asked = { accountId, amount: '1', currency: 'EUR' };
    // The conditions' own answers are lost as well: nobody can know what came of it.
    await expect(runCommand(ctx, deposit, asked)).rejects.toMatchObject({
      code: 'DYNAMODB_UNAVAILABLE',
    });
    losesAnswer = () => false;
    expect(await runCommand(ctx, deposit, asked)).toEqual({
      commandId: ctx.commandId,
      tokens: [{ aggregateId: `account#${accountId}`, sequence: 2 }],
      duplicate: true,
    });
  });
});

it('answers the caller though a snapshot cannot be written, and reports that', async () => {
  losesAnswer = () => false;
  keepsSnapshots = false;
  const accountId = await calm.openFresh();
  for (let count = 1; count <= 100; count += 1) {
    await runCommand(shaken.context(), deposit, { accountId, amount: '0.01', currency: 'EUR' });
  }
  await shaken.handler.close();
  expect(shaken.failures).toMatchObject([{ code: 'UNEXPECTED' }]);
});

describe('the command handler, where something else lies among an account’s events', () => {
  const put = (Item: Record<string, unknown>) =>
    dynamo.documents.send(new PutCommand({ TableName: dynamo.tables.events, Item }));
  const fresh = () => createTestWriteSide(dynamo);

  it.each([0, 1.5, -3, 3_000_000_000, NumberValue.from('12345678901234567890.5')])(
    'passes an item over at %s, which is no sequence',
    async (eventSequence) => {
      const accountId = await calm.openFresh();
      await put({ aggregateId: `account#${accountId}`, eventSequence, what: 'something else' });
      const input = { accountId, amount: '5.00', currency: 'EUR' };
      await runCommand(fresh().context(), deposit, input);
      await runCommand(fresh().context(), deposit, input);
      const { state, version } = await fresh().store.load(`account#${accountId}`);
      expect([version, state]).toMatchObject([3, { balance: 1_000n }]);
    },
  );

  it('names the item that is no event', async () => {
    const accountId = await calm.openFresh();
    await put({ aggregateId: `account#${accountId}`, eventSequence: 2, what: 'garbage' });
    await expect(
      runCommand(fresh().context(), deposit, { accountId, amount: '5.00', currency: 'EUR' }),
    ).rejects.toMatchObject({
      code: 'EVENT_UNREADABLE',
      message: expect.stringContaining(`The item account#${accountId}/2 is not an event`),
    });
  });
});
