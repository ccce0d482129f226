import { type SQL, sql } from 'drizzle-orm';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toNulFreeJson } from './nul-free.ts';

/**
 * Events as rows of a statement, in the journal's own types, with their place among them (from 1 on).
 * Columns travel as arrays: a statement has 65,535 parameters at most. A NUL in one event must not
 * stop the journal for all: see `toNulFree`.
 */
export function toEventRows(events: readonly StoredEvent[]): SQL {
  const column = <Value>(toValue: (event: StoredEvent) => Value) => sql.param(events.map(toValue));
  const text = (toText: (event: StoredEvent) => string) =>
    column((event) => toText(event).replaceAll('\0', '\uFFFD'));
  return sql`(
    SELECT aggregate_id, event_sequence, event_id, event_type, event_data::jsonb AS event_data,
      correlation_id, causation_id, "timestamp"::timestamptz AS "timestamp", version,
      metadata::jsonb AS metadata, place
    FROM unnest(
      ${text((event) => event.aggregateId)}::text[],
      ${column((event) => event.eventSequence)}::integer[],
      ${text((event) => event.eventId)}::text[],
      ${text((event) => event.eventType)}::text[],
      ${column((event) => toNulFreeJson(event.eventData))}::text[],
      ${text((event) => event.correlationId)}::text[],
      ${text((event) => event.causationId)}::text[],
      ${text((event) => event.timestamp)}::text[],
      ${column((event) => event.version)}::integer[],
      ${column((event) => toNulFreeJson(event.metadata))}::text[]
    ) WITH ORDINALITY AS event (
      aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata, place
    )
  )`;
}
