import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { EventMetadata } from '#server/domain/recorded-event.ts';
import { playheadTable } from '#server/platform/schemas.ts';

/**
 * Every event, in one total order. `position` has no gaps within a slice; there is one slice today,
 * and the column is what lets a second one come without a rewrite.
 */
export const journal = playheadTable(
  'journal',
  {
    position: bigint('position', { mode: 'number' }).primaryKey(),
    slice: smallint('slice').notNull().default(0),
    aggregateId: text('aggregate_id').notNull(),
    eventSequence: integer('event_sequence').notNull(),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    eventData: jsonb('event_data').$type<Record<string, unknown>>().notNull(),
    correlationId: text('correlation_id').notNull(),
    causationId: text('causation_id').notNull(),
    timestamp: timestamp('timestamp', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
    version: integer('version').notNull(),
    metadata: jsonb('metadata').$type<EventMetadata>().notNull(),
    /** Clock time: a transaction's own time would be before its wait for the lock on the head. */
    ingestedAt: timestamp('ingested_at', { withTimezone: true, precision: 3, mode: 'date' })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    unique('journal_aggregate_sequence').on(table.aggregateId, table.eventSequence),
    // Event ids are also looked for by their beginning, which other operator classes do not find.
    index('journal_event_id').on(table.eventId.op('text_pattern_ops')),
    index('journal_event_type').on(table.eventType, table.position),
    index('journal_actor').on(
      sql`(${table.metadata} ->> 'actor')`,
      table.eventType,
      table.position,
    ),
    index('journal_correlation').on(table.correlationId, table.position),
  ],
);

/**
 * How many events of each type each actor has brought about. A trigger keeps it with every change of
 * the journal's rows, whoever makes it, in the same transaction: it is what counting them would say.
 */
export const journalCounts = playheadTable(
  'journal_counts',
  {
    eventType: text('event_type').notNull(),
    actor: text('actor').notNull(),
    events: bigint('events', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventType, table.actor] })],
);

/** How many events came in each second of the last minutes; kept by the same trigger. */
export const journalArrivals = playheadTable('journal_arrivals', {
  second: timestamp('second', { withTimezone: true, precision: 0, mode: 'date' }).primaryKey(),
  events: integer('events').notNull(),
});

/** The newest sequence of each aggregate that the journal holds: what makes a redelivery harmless. */
export const journalAggregates = playheadTable('journal_aggregates', {
  aggregateId: text('aggregate_id').primaryKey(),
  eventSequence: integer('event_sequence').notNull(),
});

/**
 * The newest position. Ingest locks this row for its whole transaction, so that positions become
 * visible in their order: a sequence or a serial would let a reader see 5 before 4.
 */
export const journalHead = playheadTable('journal_head', {
  slice: smallint('slice').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull(),
});
