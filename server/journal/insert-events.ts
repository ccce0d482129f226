import type postgres from 'postgres';
import type { StoredEvent } from '#server/event-store/stored-event.ts';

/**
 * Inserts events at the positions from `firstPosition` on, in one statement. Columns travel as
 * arrays: the statement's text is the same for every size of batch, so that it stays prepared.
 *
 * PostgreSQL holds no NUL in texts and JSON, while DynamoDB does, and one such event must not stop
 * the journal for all: it shows as U+FFFD here, and the event store keeps the original.
 */
export async function insertEvents(
  tx: postgres.TransactionSql,
  events: readonly StoredEvent[],
  firstPosition: number,
): Promise<void> {
  const column = (toText: (event: StoredEvent) => string) =>
    events.map((event) => toText(event).replaceAll('\0', '\uFFFD'));
  await tx`
    INSERT INTO journal (
      position, aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata, ingested_at
    )
    SELECT ${firstPosition}::bigint + place - 1, aggregate_id, event_sequence, event_id, event_type,
      event_data::jsonb, correlation_id, causation_id, "timestamp"::timestamptz, version,
      metadata::jsonb, clock_timestamp()
    FROM unnest(
      ${column((event) => event.aggregateId)}::text[],
      ${events.map((event) => event.eventSequence)}::integer[],
      ${column((event) => event.eventId)}::text[],
      ${column((event) => event.eventType)}::text[],
      ${events.map((event) => toJson(event.eventData))}::text[],
      ${column((event) => event.correlationId)}::text[],
      ${column((event) => event.causationId)}::text[],
      ${column((event) => event.timestamp)}::text[],
      ${events.map((event) => event.version)}::integer[],
      ${events.map((event) => toJson(event.metadata))}::text[]
    ) WITH ORDINALITY AS event (
      aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata, place
    )
  `;
}

function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u0000') ? json.replaceAll(ESCAPED_NUL, '$1\\ufffd') : json;
}

/** Behind an even number of backslashes: behind an odd one it is a text about a NUL. */
const ESCAPED_NUL = /((?<!\\)(?:\\\\)*)\\u0000/g;
