import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';

/** Since when (ISO 8601), by whom and why a consumer is paused. An unreadable pause is one as well. */
const pauseSchema = z.object({
  at: z.string().catch(''),
  by: z.string().catch('somebody unknown'),
  reason: z.string().nullable().catch(null),
});

export type ConsumerPause = z.infer<typeof pauseSchema>;

/** Beside the leases: no consumer has this name. */
const keyOf = (consumer: string) => ({ consumer: 'paused', shardId: consumer });

/** Whether a consumer is paused; null when it is not. Consistently read. */
export async function getConsumerPause(
  { documents, tables }: Dynamo,
  consumer: string,
): Promise<ConsumerPause | null> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.leases, Key: keyOf(consumer), ConsistentRead: true }),
  );
  return Item === undefined ? null : pauseSchema.parse(Item);
}

/** Pauses a consumer until that is taken back. False when it was paused already. */
export function putConsumerPause(
  { documents, tables }: Dynamo,
  consumer: string,
  pause: ConsumerPause,
): Promise<boolean> {
  return isConditionMet(
    documents.send(
      new PutCommand({
        TableName: tables.leases,
        Item: { ...keyOf(consumer), ...pause },
        ConditionExpression: 'attribute_not_exists(shardId)',
      }),
    ),
  );
}

/** Lets a paused consumer go on. False when it was not paused. */
export function removeConsumerPause(
  { documents, tables }: Dynamo,
  consumer: string,
): Promise<boolean> {
  return isConditionMet(
    documents.send(
      new DeleteCommand({
        TableName: tables.leases,
        Key: keyOf(consumer),
        ConditionExpression: 'attribute_exists(shardId)',
      }),
    ),
  );
}
