import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import {
  type BrokenEvent,
  type DeliveredEvent,
  isBroken,
} from '#server/runtime/event-store/delivered-event.ts';
import { toRawJson } from '#server/runtime/event-store/raw-json.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { toEventRows } from './event-rows.ts';
import { journal } from './journal-table.ts';

const rowsSchema = z.array(z.object({ place: z.coerce.number(), event_id: z.string() }));

/**
 * Of events whose sequences the journal has already, those of which it holds another event, or the
 * same one with other contents: of each aggregate the first, as broken by EVENT_CONFLICT. The journal
 * was filled from another event store then, this one was taken back to an earlier time, or an item in
 * it was changed. What ingest was told to leave out is in no row, and so in no conflict.
 */
export async function findConflicts(
  tx: Tx,
  known: readonly DeliveredEvent[],
): Promise<BrokenEvent[]> {
  const conflicts = new Map<string, BrokenEvent>();
  const add = (event: DeliveredEvent, held: string) => {
    const before = conflicts.get(event.aggregateId)?.eventSequence ?? Number.POSITIVE_INFINITY;
    if (event.eventSequence < before) {
      conflicts.set(event.aggregateId, toConflict(event, held));
    }
  };
  const events = known.flatMap((event) => (isBroken(event) ? [] : [event]));
  if (events.length > 0) {
    const rows = await tx.execute(sql`
      SELECT event.place::int AS place, journal.event_id
      FROM ${toEventRows(events)} AS event
      JOIN ${journal} AS journal USING (aggregate_id, event_sequence)
      WHERE (journal.event_id, journal.event_type, journal.event_data, journal.correlation_id,
          journal.causation_id, journal."timestamp", journal.version, journal.metadata)
        IS DISTINCT FROM (event.event_id, event.event_type, event.event_data, event.correlation_id,
          event.causation_id, event."timestamp", event.version, event.metadata)
    `);
    for (const { place, event_id } of rowsSchema.parse(rows)) {
      const event = events[place - 1];
      if (event !== undefined) {
        add(event, event_id);
      }
    }
  }
  for (const event of known.filter(isBroken)) {
    const { aggregateId, eventSequence } = event;
    const rows = await tx.execute(sql`
      SELECT 0 AS place, event_id FROM ${journal}
      WHERE aggregate_id = ${aggregateId} AND event_sequence = ${eventSequence}
    `);
    const [row] = rowsSchema.parse(rows);
    if (row !== undefined) {
      add(event, row.event_id);
    }
  }
  return [...conflicts.values()];
}

function toConflict(event: DeliveredEvent, held: string): BrokenEvent {
  const { aggregateId, eventSequence, eventId, eventType, timestamp } = event;
  const found = eventId === null ? 'no event' : `event ${eventId}`;
  const what = held === eventId ? 'the same event with other contents' : found;
  const problem = new PlayheadError(
    'EVENT_CONFLICT',
    `The journal holds event ${held} as event ${eventSequence} of ${aggregateId}, the event store has ` +
      `${what} there. If this PostgreSQL belongs to another event store, give Playhead its own; else ` +
      'repair the aggregate in all views, which makes them what the event store says.',
  );
  const rawItem = isBroken(event) ? event.rawItem : toRawJson(event);
  return { aggregateId, eventSequence, eventId, eventType, timestamp, problem, rawItem };
}
