import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';

const itemSchema = z.object({
  aggregateId: z.string(),
  upTo: z.number().int(),
  removedTo: z.number().int(),
  manifests: z.array(z.string()),
});

/** An aggregate whose oldest events were taken out of the events table, or are about to be. */
export type ArchivedAggregate = {
  readonly aggregateId: string;
  /** The last event that the archive answers for where the events table has none. */
  readonly upTo: number;
  /** Up to here nothing is left in the events table. */
  readonly removedTo: number;
  /** The keys of the manifests of the runs that have its events. */
  readonly manifests: readonly string[];
};

/** What the archive answers for of an aggregate; undefined where the events table has all. */
export async function getArchivedAggregate(
  { documents, tables }: Dynamo,
  aggregateId: string,
): Promise<ArchivedAggregate | undefined> {
  const request = {
    TableName: tables.archivedAggregates,
    Key: { aggregateId },
    ConsistentRead: true,
  };
  const { Item } = await retryDynamo(() => documents.send(new GetCommand(request)));
  return Item === undefined ? undefined : itemSchema.parse(Item);
}

/** All of them, by aggregate. */
export async function listArchivedAggregates({
  documents,
  tables,
}: Dynamo): Promise<Map<string, ArchivedAggregate>> {
  const found = new Map<string, ArchivedAggregate>();
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const request = {
      TableName: tables.archivedAggregates,
      ConsistentRead: true,
      ExclusiveStartKey,
    };
    const page = await retryDynamo(() => documents.send(new ScanCommand(request)));
    for (const item of page.Items ?? []) {
      const parsed = itemSchema.parse(item);
      found.set(parsed.aggregateId, parsed);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

/** Lets the archive answer for an aggregate's events, before the first of them leaves the events table. */
export async function putArchivedAggregate(
  { documents, tables }: Dynamo,
  aggregate: ArchivedAggregate,
): Promise<void> {
  const request = { TableName: tables.archivedAggregates, Item: aggregate };
  await retryDynamo(() => documents.send(new PutCommand(request)));
}

/** The events table has all events of the aggregate again. */
export async function deleteArchivedAggregate(
  { documents, tables }: Dynamo,
  aggregateId: string,
): Promise<void> {
  const request = { TableName: tables.archivedAggregates, Key: { aggregateId } };
  await retryDynamo(() => documents.send(new DeleteCommand(request)));
}
