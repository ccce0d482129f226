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
import type { EventMetadata } from '#server/runtime/event-store/recorded-event.ts';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

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
    timestamp: timeColumn('timestamp').notNull(),
    version: integer('version').notNull(),
    metadata: jsonb('metadata').$type<EventMetadata>().notNull(),
    /** Clock time: a transaction's own time would be before its wait for the lock on the head. */
    ingestedAt: timeColumn('ingested_at').notNull().default(sql`clock_timestamp()`),
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
    // The newest commands of a type, by actor.
    index('journal_command').on(
      sql`(${table.metadata} ->> 'commandType')`,
      sql`(${table.metadata} ->> 'actor')`,
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

/** How many events came in each second of the last quarter of an hour; kept by the same trigger. */
export const journalArrivals = playheadTable('journal_arrivals', {
  second: timestamp('second', { withTimezone: true, precision: 0, mode: 'date' }).primaryKey(),
  events: integer('events').notNull(),
});

/**
 * The newest position at the end of each minute in which events came; kept by the same trigger. Positions
 * have no gaps, so that two rows tell how many events came between them, and a time tells a position.
 * Both columns only ever grow together: a clock that goes back, and a row that is restored, count as of
 * the newest minute.
 */
export const journalMinutes = playheadTable('journal_minutes', {
  minute: timestamp('minute', { withTimezone: true, precision: 0, mode: 'date' }).primaryKey(),
  lastPosition: bigint('last_position', { mode: 'number' }).notNull(),
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
