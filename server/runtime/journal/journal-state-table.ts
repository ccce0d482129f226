import { bigint, smallint, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/**
 * Whether the journal holds everything that the event store has, or is being made so. One row; where
 * there is none, nobody has looked yet.
 */
export const journalState = playheadTable('journal_state', {
  id: smallint('id').primaryKey(),
  status: text('status', { enum: ['incomplete', 'complete'] }).notNull(),
  /**
   * Counts up for as long as the journal is complete, and DynamoDB counts after it: a database that
   * has counted less than DynamoDB is an older one, from a backup.
   */
  epoch: bigint('mark', { mode: 'number' }).notNull().default(0),
  /** The worker that rebuilds it, until this moment unless it renews its claim. */
  claimedBy: text('claimed_by'),
  claimedUntil: timeColumn('claimed_until'),
  /** Of the rebuild under way, or the last one: events read from the event store, and new among them. */
  eventsRead: bigint('events_read', { mode: 'number' }).notNull().default(0),
  eventsInserted: bigint('events_inserted', { mode: 'number' }).notNull().default(0),
  startedAt: timeColumn('started_at'),
  completedAt: timeColumn('completed_at'),
});
