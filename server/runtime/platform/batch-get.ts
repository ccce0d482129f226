import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from './dynamo.ts';
import { retryDynamo } from './retry-dynamo.ts';

/** AWS's limit for one BatchGetItem. */
const MAX_KEYS = 100;

type Item = NonNullable<BatchGetCommandOutput['Responses']>[string][number];

/**
 * The items of a table that have these keys, each key given once, consistently read and in no order;
 * keys without one are left out. Throws what `retryDynamo` throws.
 */
export async function batchGet(
  { documents }: Pick<Dynamo, 'documents'>,
  table: string,
  keys: readonly Record<string, unknown>[],
): Promise<Item[]> {
  const items: Item[] = [];
  for (let from = 0; from < keys.length; from += MAX_KEYS) {
    const Keys = keys.slice(from, from + MAX_KEYS);
    let wanted: BatchGetCommandInput['RequestItems'] = { [table]: { Keys, ConsistentRead: true } };
    // An answer holds 16 MB at most, and less when the table is throttled: then the rest is asked for.
    while (wanted !== undefined && Object.keys(wanted).length > 0) {
      const RequestItems = wanted;
      const answer: BatchGetCommandOutput = await retryDynamo(() =>
        documents.send(new BatchGetCommand({ RequestItems })),
      );
      items.push(...(answer.Responses?.[table] ?? []));
      wanted = answer.UnprocessedKeys;
    }
  }
  return items;
}
