import type { EventItem } from '#lib/contracts/queries.ts';
import { isPlayheadError } from '#lib/playhead-error.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { journal } from '#server/runtime/journal/journal-table.ts';

/**
 * An event for a list, its payload in the current shape of its type, so that a view knows one shape
 * only. One that this program cannot read travels as it is stored: an operator must see it.
 */
export function toEventItem(
  codec: EventCodec,
  stored: StoredEvent,
  position: number | null,
): EventItem {
  const { aggregateId, eventSequence, eventId, eventType, correlationId, causationId } = stored;
  const { timestamp, version, metadata } = stored;
  return {
    position,
    eventId,
    aggregateId,
    eventSequence,
    eventType,
    eventData: currentData(codec, stored),
    correlationId,
    causationId,
    timestamp,
    version,
    metadata,
  };
}

/** A row of the journal for a list. */
export function toJournalItem(codec: EventCodec, row: typeof journal.$inferSelect): EventItem {
  const { position, timestamp, ...event } = row;
  return toEventItem(codec, { ...event, timestamp: timestamp.toISOString() }, position);
}

function currentData(codec: EventCodec, stored: StoredEvent): Record<string, unknown> {
  try {
    return codec.encode(codec.decode(stored)).eventData;
  } catch (error) {
    if (isPlayheadError(error, 'EVENT_UNREADABLE')) {
      return stored.eventData;
    }
    throw error;
  }
}
