import { bigint, smallint, text, timestamp } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/platform/schemas.ts';

const moment = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

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
  mark: bigint('mark', { mode: 'number' }).notNull().default(0),
  /** The worker that rebuilds it, until this moment unless it renews its claim. */
  claimedBy: text('claimed_by'),
  claimedUntil: moment('claimed_until'),
  /** Of the rebuild under way, or the last one: events read from the event store, and new among them. */
  eventsRead: bigint('events_read', { mode: 'number' }).notNull().default(0),
  eventsInserted: bigint('events_inserted', { mode: 'number' }).notNull().default(0),
  startedAt: moment('started_at'),
  completedAt: moment('completed_at'),
});
