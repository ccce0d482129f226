import { and, asc, eq, getTableColumns, gte, lte, sql } from 'drizzle-orm';
import type { EventMetadata } from '#server/runtime/event-store/recorded-event.ts';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { JournalEvent } from './journal-event.ts';
import { journal } from './journal-table.ts';

const { slice: _slice, ingestedAt: _ingestedAt, ...columns } = getTableColumns(journal);

/** From milliseconds: Date does not read PostgreSQL's own text before the year 100 as it is meant. */
const timestamp = sql`(extract(epoch FROM ${journal.timestamp}) * 1000)::float8`.mapWith(
  (milliseconds: number) => new Date(milliseconds).toISOString(),
);

/**
 * The events behind position `after`, at most `limit`, in their order. Positions have no gaps, so
 * that the answer is a run from `after` + 1 on.
 */
export async function readJournal(
  db: Db,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<JournalEvent[]> {
  const rows = await db.execute<JournalRow>(
    sql`${BEHIND}${after}::bigint ORDER BY position LIMIT ${limit}::integer`,
  );
  return rows.map((row) => ({
    position: Number(row.position),
    aggregateId: row.aggregate_id,
    eventSequence: row.event_sequence,
    eventId: row.event_id,
    eventType: row.event_type,
    eventData: row.event_data,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    timestamp: new Date(row.milliseconds).toISOString(),
    version: row.version,
    metadata: row.metadata,
  }));
}

/** A row of the journal as the driver has it: Drizzle's mapping would take longer than reading it. */
type JournalRow = {
  readonly position: string;
  readonly aggregate_id: string;
  readonly event_sequence: number;
  readonly event_id: string;
  readonly event_type: string;
  readonly event_data: Record<string, unknown>;
  readonly correlation_id: string;
  readonly causation_id: string;
  readonly milliseconds: number;
  readonly version: number;
  readonly metadata: EventMetadata;
};

const BEHIND = sql.raw(`
  SELECT position, aggregate_id, event_sequence, event_id, event_type, event_data, correlation_id,
    causation_id, (extract(epoch FROM "timestamp") * 1000)::float8 AS milliseconds, version, metadata
  FROM ${LIVE_SCHEMA}.journal WHERE position > `);

/**
 * One aggregate's events from sequence `from` on, up to the position `upTo`, at most `limit`, in
 * their order.
 */
export async function readAggregateJournal(
  db: Db | Tx,
  aggregateId: string,
  { from, upTo, limit }: { readonly from: number; readonly upTo: number; readonly limit: number },
): Promise<JournalEvent[]> {
  return db
    .select({ ...columns, timestamp })
    .from(journal)
    .where(
      and(
        eq(journal.aggregateId, aggregateId),
        gte(journal.eventSequence, from),
        lte(journal.position, upTo),
      ),
    )
    .orderBy(asc(journal.eventSequence))
    .limit(limit);
}
