import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';

/**
 * Every item of a table as it is stored, page by page, consistently read; items of one partition come in
 * the order of their sort keys. Once aborted, it throws the signal's reason.
 */
export async function* scanItems(
  { client }: Pick<Dynamo, 'client'>,
  TableName: string,
  signal?: AbortSignal,
): AsyncGenerator<Record<string, AttributeValue>[]> {
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    signal?.throwIfAborted();
    const request = { TableName, ConsistentRead: true, ExclusiveStartKey };
    const page = await retryDynamo(() => client.send(new ScanCommand(request)));
    yield page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}
