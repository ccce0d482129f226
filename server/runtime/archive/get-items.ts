import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { type EventKey, toKeyText } from './event-line.ts';
import { toItemLine } from './item-line.ts';

/** AWS's limit for one BatchGetItem. */
const MAX_KEYS = 100;

type Keys = Record<string, AttributeValue>[];

/**
 * These events as the events table has them, as lines by `toKeyText`; those that it has not are left
 * out. Consistently read.
 */
export async function getItemLines(
  { client, tables }: Dynamo,
  keys: readonly EventKey[],
): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  for (let start = 0; start < keys.length; start += MAX_KEYS) {
    let wanted: Keys = keys.slice(start, start + MAX_KEYS).map(toTypedKey);
    // An answer holds 16 MB at most, and less when the table is throttled: then the rest is asked for.
    while (wanted.length > 0) {
      const RequestItems = { [tables.events]: { Keys: wanted, ConsistentRead: true } };
      const answer = await retryDynamo(() =>
        client.send(new BatchGetItemCommand({ RequestItems })),
      );
      for (const item of answer.Responses?.[tables.events] ?? []) {
        const key = {
          aggregateId: item.aggregateId?.S ?? '',
          eventSequence: Number(item.eventSequence?.N),
        };
        lines.set(toKeyText(key), toItemLine(item));
      }
      wanted = answer.UnprocessedKeys?.[tables.events]?.Keys ?? [];
    }
  }
  return lines;
}

/** An event's key as DynamoDB takes it. */
export function toTypedKey({ aggregateId, eventSequence }: EventKey) {
  return { aggregateId: { S: aggregateId }, eventSequence: { N: `${eventSequence}` } };
}
