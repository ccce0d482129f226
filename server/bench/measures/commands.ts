import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { BenchInstance } from '../bench-instance.ts';
import { compare } from '../compare.ts';
import type { Result } from '../result.ts';
import { withStores } from '../with-stores.ts';
import { writeBareDeposit } from './bare-deposit.ts';
import { AT_ONCE, createDepositor, doAll, toAccountIndex } from './depositor.ts';

/**
 * Deposits a second, 16 at once, over accounts that the handler has seen before. One bare loop writes
 * the same two items per deposit, knowing the account's last sequence; another one asks for it first,
 * by a consistent Query.
 */
export async function measureCommands(
  { env }: Pick<BenchInstance, 'env'>,
  { commands = 3_000, accounts = 1_000, rounds = 9 } = {},
): Promise<Result> {
  return withStores(env, async ({ dynamo, store }) => {
    const depositor = await createDepositor(store, accounts);
    const idOf = (prefix: string, index: number) => `account#${prefix}${index}`;
    const sequences = Array.from({ length: accounts }, () => 1);
    await doAll(accounts, (index) => writeBareDeposit(dynamo, idOf('W', index), 1));
    await doAll(accounts, (index) => writeBareDeposit(dynamo, idOf('R', index), 1));

    const playhead = async () => () => depositor.deposit(commands);
    const shared = { amount: commands, rounds, unit: 'commands/s', playhead };
    const writing = await compare({
      ...shared,
      bare: async (round) => () =>
        doAll(commands, (index) => {
          const account = toAccountIndex(round * commands + index, accounts);
          const sequence = (sequences[account] ?? 0) + 1;
          sequences[account] = sequence;
          return writeBareDeposit(dynamo, idOf('W', account), sequence);
        }),
    });
    const reading = await compare({
      ...shared,
      bare: async (round) => () =>
        doAll(commands, async (index) => {
          const id = idOf('R', toAccountIndex(round * commands + index, accounts));
          await writeBareDeposit(dynamo, id, (await getLastSequence(dynamo, id)) + 1);
        }),
    });
    await depositor.close();
    const label = (name: string, { against }: typeof reading) =>
      against.map((figure) => ({ ...figure, label: name }));
    return {
      name: 'commands',
      title: `Commands, ${AT_ONCE} at once, over ${accounts} accounts`,
      figures: writing.figures,
      against: [...label('writing', writing), ...label('reading and writing', reading)],
      ratio: writing.ratio,
      limits: [
        {
          label: 'ratio',
          value: writing.ratio.median,
          unit: '',
          bound: 'at least',
          limit: 0.95,
        },
        {
          label: 'ratio to reading and writing',
          value: reading.ratio.median,
          unit: '',
          bound: 'at least',
          limit: 0.8,
        },
      ],
    };
  });
}

async function getLastSequence({ documents, tables }: Dynamo, id: string): Promise<number> {
  const { Items } = await documents.send(
    new QueryCommand({
      TableName: tables.events,
      ConsistentRead: true,
      KeyConditionExpression: 'aggregateId = :id',
      ExpressionAttributeValues: { ':id': id },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Number(Items?.[0]?.eventSequence ?? 0);
}
