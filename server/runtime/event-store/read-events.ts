import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { type DeliveredEvent, toDeliveredEvent } from './delivered-event.ts';
import { MAX_SEQUENCE, parseStoredEvent, type StoredEvent } from './stored-event.ts';

export type SequenceRange = { readonly from?: number; readonly to?: number };

/**
 * Events of one aggregate in order, page by page (1 MB each), consistently read. Throws
 * EVENT_UNREADABLE for an item that is not an event; one whose sort key is no sequence is in no
 * history, and is passed over.
 */
export async function* readPages(
  dynamo: Dynamo,
  aggregateId: string,
  { from = 1, to = MAX_SEQUENCE }: SequenceRange = {},
): AsyncGenerator<StoredEvent[]> {
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await query(dynamo, aggregateId, { from, to }, { ExclusiveStartKey: start });
    yield page.items.map(parseStoredEvent);
    start = page.next;
  } while (start !== undefined);
}

/** All events of a range, in order. */
export async function readEvents(
  dynamo: Dynamo,
  aggregateId: string,
  range?: SequenceRange,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of readPages(dynamo, aggregateId, range)) {
    events.push(...page);
  }
  return events;
}

/** The first `limit` events, and whether there are more. */
export async function readStart(dynamo: Dynamo, aggregateId: string, limit: number) {
  const range = { from: 1, to: MAX_SEQUENCE };
  const { items, next } = await query(dynamo, aggregateId, range, { Limit: limit });
  return { events: items.map(parseStoredEvent), hasMore: next !== undefined };
}

/**
 * The newest `limit` events with a sequence up to `upTo`, newest first; an item that is no event comes
 * as a broken one.
 */
export async function readBackwards(
  dynamo: Dynamo,
  aggregateId: string,
  { upTo = MAX_SEQUENCE, limit }: { readonly upTo?: number; readonly limit: number },
): Promise<DeliveredEvent[]> {
  const events: DeliveredEvent[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await query(
      dynamo,
      aggregateId,
      { from: 1, to: upTo },
      { ScanIndexForward: false, Limit: limit - events.length, ExclusiveStartKey: start },
    );
    events.push(...page.items.map(toDeliveredEvent));
    start = page.next;
  } while (start !== undefined && events.length < limit);
  return events;
}

async function query(
  { documents, tables }: Dynamo,
  aggregateId: string,
  { from, to }: Required<SequenceRange>,
  options: Partial<QueryCommandInput>,
) {
  if (from > to) {
    return { items: [], next: undefined };
  }
  const answer = await retryDynamo(() =>
    documents.send(
      new QueryCommand({
        ...options,
        TableName: tables.events,
        ConsistentRead: true,
        KeyConditionExpression: 'aggregateId = :id AND eventSequence BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':id': aggregateId, ':from': from, ':to': to },
      }),
    ),
  );
  const items = (answer.Items ?? []).filter(({ eventSequence }) => Number.isInteger(eventSequence));
  return { items, next: answer.LastEvaluatedKey };
}
