import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import type { Aggregate } from './aggregate.ts';
import type { LoadedState } from './fold-events.ts';
import { parseSnapshot, toSnapshotItem, toSnapshotKey } from './snapshot-codec.ts';

/** What AWS takes in one BatchWriteItem. */
const MAX_BATCH = 25;

/** The newest snapshot up to a version; undefined when there is none, or it is unreadable. */
export async function getSnapshot(
  { documents, tables }: Dynamo,
  aggregate: Aggregate,
  aggregateId: string,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<LoadedState | undefined> {
  const { Items = [] } = await retryDynamo(() =>
    documents.send(
      new QueryCommand({
        TableName: tables.snapshots,
        KeyConditionExpression: 'snapshotKey = :key AND eventSequence <= :upTo',
        ExpressionAttributeValues: { ':key': toSnapshotKey(aggregate, aggregateId), ':upTo': upTo },
        ScanIndexForward: false,
        Limit: 1,
      }),
    ),
  );
  return parseSnapshot(aggregate, Items[0]);
}

/**
 * Keeps states as snapshots. What DynamoDB leaves unprocessed is left out: a missing snapshot costs
 * a longer fold, and that fold writes it again.
 */
export async function saveSnapshots(
  { documents, tables }: Dynamo,
  aggregate: Aggregate,
  aggregateId: string,
  states: readonly LoadedState[],
): Promise<void> {
  for (let start = 0; start < states.length; start += MAX_BATCH) {
    const requests = states
      .slice(start, start + MAX_BATCH)
      .map((loaded) => ({ PutRequest: { Item: toSnapshotItem(aggregate, aggregateId, loaded) } }));
    await retryDynamo(() =>
      documents.send(new BatchWriteCommand({ RequestItems: { [tables.snapshots]: requests } })),
    );
  }
}
