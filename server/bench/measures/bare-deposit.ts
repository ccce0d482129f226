import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { toSyntheticEvent } from '../synthetic-events.ts';

/** What a deposit comes to without an event store: two items of the same sizes and conditions. */
export async function writeBareDeposit(
  { documents, tables }: Dynamo,
  aggregateId: string,
  eventSequence: number,
): Promise<void> {
  const commandId = randomUUID();
  const correlationId = randomUUID();
  const acceptedAt = new Date().toISOString();
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
