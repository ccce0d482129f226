import { sql } from 'drizzle-orm';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { toEventRows } from './event-rows.ts';
import { journal } from './journal-table.ts';

/** Inserts events at the positions from `firstPosition` on, in one statement. */
export async function insertEvents(
  tx: Tx,
  events: readonly StoredEvent[],
  firstPosition: number,
): Promise<void> {
  await tx.execute(sql`
    INSERT INTO ${journal} (
      position, aggregate_id, event_sequence, event_id, event_type, event_data,
      correlation_id, causation_id, "timestamp", version, metadata, ingested_at
    )
    SELECT ${firstPosition}::bigint + place - 1, aggregate_id, event_sequence, event_id, event_type,
      event_data, correlation_id, causation_id, "timestamp", version, metadata, clock_timestamp()
    FROM ${toEventRows(events)} AS event
  `);
}
