import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { eventKeySchema } from './stored-event.ts';

const keysSchema = z.array(z.unknown());

/** The largest sequence that an event can have: what lies above is no event. */
const LARGEST = 2_147_483_647;

/** Keys that are no event's may lie above the newest event; so many are looked past. */
const KEYS_READ = 10;

/**
 * The sequence of an aggregate's newest event, consistently read by its key alone, so that it is known
 * of an event that cannot be read as well; 0 without any.
 */
export async function getNewestSequence(
  { documents, tables }: Dynamo,
  aggregateId: string,
): Promise<number> {
  const { Items } = await retryDynamo(() =>
    documents.send(
      new QueryCommand({
        TableName: tables.events,
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: KEYS_READ,
        KeyConditionExpression: 'aggregateId = :id AND eventSequence BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':id': aggregateId, ':from': 1, ':to': LARGEST },
        ProjectionExpression: 'aggregateId, eventSequence',
      }),
    ),
  );
  const keys = keysSchema.parse(Items ?? []).flatMap((key) => {
    const parsed = eventKeySchema.safeParse(key);
    return parsed.success ? parsed.data.eventSequence : [];
  });
  return keys[0] ?? 0;
}
