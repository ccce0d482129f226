import { sql } from 'drizzle-orm';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import type { Tx } from '#server/platform/postgres.ts';
import { journal } from './journal-table.ts';
import { toNulFreeJson } from './nul-free.ts';

/**
 * Inserts events at the positions from `firstPosition` on, in one statement. Columns travel as
 * arrays: a statement has 65,535 parameters at most. A NUL in one event must not stop the journal for
 * all: see `toNulFree`.
 */
export async function insertEvents(
  tx: Tx,
  events: readonly StoredEvent[],
  firstPosition: number,
): Promise<void> {
  const column = <Value>(toValue: (event: StoredEvent) => Value) => sql.param(events.map(toValue));
  const text = (toText: (event: StoredEvent) => string) =>
    column((event) => toText(event).replaceAll('\0', '\uFFFD'));
  await tx.execute(sql`
    INSERT INTO ${journal} (
      position, aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata, ingested_at
    )
    SELECT ${firstPosition}::bigint + place - 1, aggregate_id, event_sequence, event_id, event_type,
      event_data::jsonb, correlation_id, causation_id, "timestamp"::timestamptz, version,
      metadata::jsonb, clock_timestamp()
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
  `);
}
