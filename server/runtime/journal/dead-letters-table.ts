import { sql } from 'drizzle-orm';
import { bigint, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { FAILURE_CATEGORIES } from '#server/runtime/platform/failure.ts';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/**
 * `dead`: the event failed for good, and its aggregate waits at it. `retrying` (in the journal only):
 * somebody is bringing the aggregate up again. `skipped`: the event is left out for ever.
 */
export const DEAD_LETTER_STATUSES = ['dead', 'retrying', 'skipped'] as const;

/** What ingest is called in `dead_letters`, beside the projections' names. */
export const JOURNAL = 'journal';

/**
 * Events that a projection, or ingest itself (`journal`), cannot take in. An aggregate has one at a
 * time in each of them, and its later events wait behind it: those are in the journal (or, for
 * ingest, in the event store) and not here. Rows go by an operator's retry only; skipped ones stay.
 */
export const deadLetters = playheadTable(
  'dead_letters',
  {
    projection: text('projection').notNull(),
    aggregateId: text('aggregate_id').notNull(),
    eventSequence: integer('event_sequence').notNull(),
    /** Null where the event is not in the journal. */
    position: bigint('position', { mode: 'number' }),
    /** Null, like its type, where the event cannot be read at all or is missing. */
    eventId: text('event_id'),
    eventType: text('event_type'),
    category: text('category', { enum: FAILURE_CATEGORIES }).notNull(),
    error: text('error').notNull(),
    /** The error without ids and numbers: the same for the same mistake. */
    errorGroup: text('error_group').notNull(),
    stack: text('stack'),
    /** The stored item as JSON, where it is no event. */
    rawItem: text('raw_item'),
    attempts: integer('attempts').notNull(),
    firstFailedAt: timeColumn('first_failed_at').notNull(),
    lastFailedAt: timeColumn('last_failed_at').notNull(),
    status: text('status', { enum: DEAD_LETTER_STATUSES }).notNull(),
    skippedAt: timeColumn('skipped_at'),
    skippedBy: text('skipped_by'),
    skipReason: text('skip_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.projection, table.aggregateId, table.eventSequence] }),
    uniqueIndex('dead_letters_blocking')
      .on(table.projection, table.aggregateId)
      .where(sql`status <> 'skipped'`),
    // Who waits, and since when, is counted without a look at the rows with their stacks.
    index('dead_letters_waiting')
      .on(table.projection, table.firstFailedAt)
      .where(sql`status <> 'skipped'`),
    index('dead_letters_group').on(table.status, table.projection, table.errorGroup),
    index('dead_letters_aggregate').on(table.aggregateId),
  ],
);
