import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import type { ArchivedEvents } from './archived-events.ts';
import { type DeliveredEvent, toDeliveredEvent } from './delivered-event.ts';
import { MAX_SEQUENCE, parseStoredEvent, type StoredEvent } from './stored-event.ts';

export type SequenceRange = { readonly from?: number; readonly to?: number };

/** Where events are: in the events table, and those that were taken out of it in the archive. */
export type EventSource = { readonly dynamo: Dynamo; readonly archived: ArchivedEvents };

type Item = Record<string, unknown>;

/** So many events of the archive are in memory at a time. */
const ARCHIVED_PORTION = 1_000;

/**
 * Events of one aggregate in order, page by page (1 MB each), consistently read; what the events table
 * lacks before its last one, or up to `to`, is looked for in the archive. Throws
 * EVENT_UNREADABLE for an item that is not an event; one whose sort key is no sequence is in no
 * history, and is passed over.
 */
export async function* readPages(
  source: EventSource,
  aggregateId: string,
  { from = 1, to = MAX_SEQUENCE }: SequenceRange = {},
): AsyncGenerator<StoredEvent[]> {
  let start: QueryCommandInput['ExclusiveStartKey'];
  let expected = from;
  do {
    const page = await query(
      source.dynamo,
      aggregateId,
      { from, to },
      { ExclusiveStartKey: start },
    );
    let run: Item[] = [];
    for (const item of page.items) {
      const sequence = Number(item.eventSequence);
      if (sequence > expected) {
        yield run.map(parseStoredEvent);
        run = [];
        yield* readArchived(source, aggregateId, { from: expected, to: sequence - 1 });
      }
      run.push(item);
      expected = sequence + 1;
    }
    yield run.map(parseStoredEvent);
    start = page.next;
  } while (start !== undefined);
  // An aggregate's newest event never leaves the events table: behind it there is nothing to look for.
  if (to < MAX_SEQUENCE && expected <= to) {
    yield* readArchived(source, aggregateId, { from: expected, to });
  }
}

async function* readArchived(
  { archived }: EventSource,
  aggregateId: string,
  { from, to }: Required<SequenceRange>,
): AsyncGenerator<StoredEvent[]> {
  for (let next = from; next <= to; next += ARCHIVED_PORTION) {
    const range = { from: next, to: Math.min(to, next + ARCHIVED_PORTION - 1) };
    const items = await archived.read(aggregateId, range);
    if (items.length === 0) {
      return;
    }
    yield items.map(parseStoredEvent);
  }
}

/** All events of a range, in order. */
export async function readEvents(
  source: EventSource,
  aggregateId: string,
  range?: SequenceRange,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of readPages(source, aggregateId, range)) {
    events.push(...page);
  }
  return events;
}

/**
 * The first `limit` events that the events table has, and whether there are more, before them in the
 * archive or behind them.
 */
export async function readStart({ dynamo }: EventSource, aggregateId: string, limit: number) {
  const range = { from: 1, to: MAX_SEQUENCE };
  const { items, next } = await query(dynamo, aggregateId, range, { Limit: limit });
  const isFromFirst = items.every(({ eventSequence }, index) => eventSequence === index + 1);
  return { events: items.map(parseStoredEvent), hasMore: next !== undefined || !isFromFirst };
}

/**
 * The newest `limit` events with a sequence up to `upTo`, newest first, the archive's among them; an
 * item that is no event comes as a broken one.
 */
export async function readBackwards(
  { dynamo, archived }: EventSource,
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
  // What was taken out of the events table is always older than what is in it.
  const oldest = events.at(-1)?.eventSequence ?? (upTo === MAX_SEQUENCE ? 1 : upTo + 1);
  if (events.length < limit && oldest > 1) {
    const range = { from: Math.max(1, oldest - (limit - events.length)), to: oldest - 1 };
    const items = await archived.read(aggregateId, range);
    events.push(...items.toReversed().map(toDeliveredEvent));
  }
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
