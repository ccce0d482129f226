import { and, eq, inArray, ne } from 'drizzle-orm';
import { z } from 'zod';
import type { EventDetail } from '#lib/contracts/queries.ts';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { toRawJson } from '#server/runtime/event-store/raw-json.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import { findOrigins, type OriginDeps } from '../commands/find-origins.ts';
import type { WebContext } from '../context.ts';
import { toJournalItem } from '../event-item.ts';

/** So many events of other aggregates are told. */
const MOST_TOGETHER = 5;

const rawItemSchema = z.record(z.string(), z.unknown());

/**
 * One event: from the journal, with its neighbours in the aggregate, and the raw item from the event
 * store, which is null while DynamoDB does not answer. Throws EVENT_NOT_FOUND.
 */
export async function getEventDetail(
  { db, store, ...origins }: OriginDeps & Pick<WebContext, 'db' | 'store'>,
  eventId: string,
): Promise<EventDetail> {
  const [row] = await db.select().from(journal).where(eq(journal.eventId, eventId)).limit(1);
  if (!row) {
    const sentence = `The journal has no event ${eventId.slice(0, 60)}. A new one takes a moment.`;
    throw new PlayheadError('EVENT_NOT_FOUND', sentence, { field: 'eventId' });
  }
  const { aggregateId, eventSequence } = row;
  const event = toJournalItem(store, row);
  const [neighbours, together, rawItem, toOrigin] = await Promise.all([
    db
      .select({ eventId: journal.eventId, eventSequence: journal.eventSequence })
      .from(journal)
      .where(
        and(
          eq(journal.aggregateId, aggregateId),
          inArray(journal.eventSequence, [eventSequence - 1, eventSequence + 1]),
        ),
      ),
    db
      .select()
      .from(journal)
      .where(
        and(
          eq(journal.correlationId, row.correlationId),
          eq(journal.causationId, row.causationId),
          ne(journal.aggregateId, aggregateId),
        ),
      )
      .limit(MOST_TOGETHER),
    getRawItem(store, aggregateId, eventSequence),
    findOrigins(origins, [event]),
  ]);
  const idOf = (sequence: number) =>
    neighbours.find((neighbour) => neighbour.eventSequence === sequence)?.eventId ?? null;
  return {
    event,
    arrivedAt: row.ingestedAt.toISOString(),
    rawItem,
    origin: toOrigin(event),
    previousEventId: idOf(eventSequence - 1),
    nextEventId: idOf(eventSequence + 1),
    together: together.map((other) => toJournalItem(store, other)),
  };
}

async function getRawItem(store: EventStore, aggregateId: string, sequence: number) {
  try {
    const item = await store.getRawItem(aggregateId, sequence);
    return item === undefined ? null : rawItemSchema.parse(JSON.parse(toRawJson(item)));
  } catch (error) {
    if (isPlayheadError(error, 'DYNAMODB_UNAVAILABLE') || isPlayheadError(error, 'THROTTLED')) {
      return null;
    }
    throw error;
  }
}
