import { randomUUID } from 'node:crypto';
import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import { createCommandHandler } from '#server/commands/create-command-handler.ts';
import { deposit } from '#server/commands/deposit.ts';
import { openAccount } from '#server/commands/open-account.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { compare } from '../compare.ts';
import type { Result } from '../result.ts';
import { toSyntheticEvent } from '../synthetic-events.ts';
import { withStores } from '../with-stores.ts';

const AT_ONCE = 16;

/** Coprime to the number of accounts: 16 commands in a row are of 16 accounts. */
const STRIDE = 7_919;

/**
 * Deposits a second, 16 at once, over accounts that the handler has seen before. The bare loop writes
 * the same two items per deposit, after a consistent Query for the account's last sequence.
 */
export async function measureCommands(
  { env }: Pick<BenchInstance, 'env'>,
  { commands = 3_000, accounts = 1_000, rounds = 5 } = {},
): Promise<Result> {
  return withStores(env, async ({ dynamo, store }) => {
    const failures: unknown[] = [];
    const handler = createCommandHandler({
      store,
      now: () => new Date(),
      onSnapshotError: (error) => failures.push(error),
    });
    const context = () => ({ handler, actor: 'bench', commandId: randomUUID() });
    const atOnce = pLimit(AT_ONCE);
    const all = (count: number, work: (index: number) => Promise<unknown>) =>
      atOnce.map(Array.from({ length: count }).keys(), work);
    const playheads = (index: number) => `P${index}`;
    const bares = (index: number) => `account#B${index}`;
    const number = (round: number, index: number) =>
      ((round * commands + index) * STRIDE) % accounts;

    await all(accounts, (index) => {
      const facts = { owner: 'Ada', currency: 'EUR', overdraftLimit: '0' };
      return openAccount(context(), { number: playheads(index), ...facts });
    });
    await all(accounts, (index) => depositBare(dynamo, bares(index)));

    const compared = await compare({
      amount: commands,
      rounds,
      unit: 'commands/s',
      playhead: async (round) => () =>
        all(commands, (index) => {
          const accountId = playheads(number(round, index));
          return deposit(context(), { accountId, amount: '12.34', currency: 'EUR' });
        }),
      bare: async (round) => () =>
        all(commands, (index) => depositBare(dynamo, bares(number(round, index)))),
    });
    await handler.close();
    if (failures.length > 0) {
      throw failures[0];
    }
    return {
      name: 'commands',
      title: `Commands, ${AT_ONCE} at once, over ${accounts} accounts`,
      ...compared,
      limits: [
        { label: 'ratio', value: compared.ratio.median, unit: '', bound: 'at least', limit: 0.8 },
      ],
    };
  });
}

/** What a deposit comes to without an event store: two items of the same sizes and conditions. */
async function depositBare({ documents, tables }: Dynamo, aggregateId: string): Promise<void> {
  const { Items } = await documents.send(
    new QueryCommand({
      TableName: tables.events,
      ConsistentRead: true,
      KeyConditionExpression: 'aggregateId = :id',
      ExpressionAttributeValues: { ':id': aggregateId },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  const commandId = randomUUID();
  const correlationId = randomUUID();
  const acceptedAt = new Date().toISOString();
  const eventSequence = Number(Items?.[0]?.eventSequence ?? 0) + 1;
  const event = {
    ...toSyntheticEvent(1, 1),
    aggregateId,
    eventSequence,
    eventId: randomUUID(),
    correlationId,
    causationId: commandId,
    timestamp: acceptedAt,
    eventData: { amount: '1234', currency: 'EUR' },
    metadata: { actor: 'bench', commandId, commandType: 'Deposit' },
  };
  const record = {
    commandId,
    commandType: 'Deposit',
    payloadHash: '0'.repeat(64),
    tokens: [{ accountId: aggregateId.slice('account#'.length), sequence: eventSequence }],
    acceptedAt,
    actor: 'bench',
    correlationId,
    expiresAt: Math.ceil(Date.parse(acceptedAt) / 1_000) + 90 * 86_400,
  };
  const put = (TableName: string, key: string, Item: Record<string, unknown>) => ({
    Put: { TableName, Item, ConditionExpression: `attribute_not_exists(${key})` },
  });
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        put(tables.events, 'aggregateId', event),
        put(tables.commands, 'commandId', record),
      ],
    }),
  );
}
