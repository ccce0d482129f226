import type { EventItem } from '#lib/contracts/queries.ts';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import { toRecordedEvent, toStoredEvent } from '#server/event-store/codec.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import type { journal } from '#server/journal/journal-table.ts';

/**
 * An event for a list, its payload in the current shape of its type, so that a view knows one shape
 * only. One that this program cannot read travels as it is stored: an operator must see it.
 */
export function toEventItem(stored: StoredEvent, position: number | null): EventItem {
  const { aggregateId, eventSequence, eventId, eventType, correlationId, causationId } = stored;
  const { timestamp, version, metadata } = stored;
  return {
    position,
    eventId,
    aggregateId,
    accountId: fromAggregateId(aggregateId),
    eventSequence,
    eventType,
    eventData: currentData(stored),
    correlationId,
    causationId,
    timestamp,
    version,
    metadata,
  };
}

/** A row of the journal for a list. */
export function toJournalItem(row: typeof journal.$inferSelect): EventItem {
  const { position, timestamp, ...event } = row;
  return toEventItem({ ...event, timestamp: timestamp.toISOString() }, position);
}

function currentData(stored: StoredEvent): Record<string, unknown> {
  try {
    return toStoredEvent(toRecordedEvent(stored)).eventData;
  } catch (error) {
    if (isPlayheadError(error, 'EVENT_UNREADABLE')) {
      return stored.eventData;
    }
    throw error;
  }
}
