import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { ExactNumber } from '#server/runtime/platform/exact-number.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';

/** The stored item of one event, or whatever has that key, as it is, unchecked, consistently read. */
export async function getRawItem(
  { documents, tables }: Dynamo,
  aggregateId: string,
  eventSequence: ExactNumber,
): Promise<Record<string, unknown> | undefined> {
  const Key = { aggregateId, eventSequence };
  const { Item } = await retryDynamo(() =>
    documents.send(new GetCommand({ TableName: tables.events, Key, ConsistentRead: true })),
  );
  return Item;
}
