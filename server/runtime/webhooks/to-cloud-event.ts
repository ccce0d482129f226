import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { journal } from '#server/runtime/journal/journal-table.ts';

/** An event as it travels: CloudEvents 1.0 in JSON, its payload as it is stored, with its schema version. */
export function toCloudEvent(row: typeof journal.$inferSelect): string {
  return JSON.stringify({
    specversion: '1.0',
    id: row.eventId,
    source: `/playhead/${parseAggregateId(row.aggregateId).type}`,
    type: row.eventType,
    subject: row.aggregateId,
    time: row.timestamp.toISOString(),
    datacontenttype: 'application/json',
    // The aggregate's sequence, which orders its events, and the journal's position.
    sequence: `${row.eventSequence}`,
    position: `${row.position}`,
    schemaversion: `${row.version}`,
    correlationid: row.correlationId,
    actor: row.metadata.actor,
    data: row.eventData,
  });
}
