import { bigint, integer, text, timestamp } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/platform/schemas.ts';

/**
 * Each projection's checkpoint: the last journal position whose effects its tables hold (but for
 * those that wait behind dead letters); whether it is paused, and who runs it.
 */
export const projections = playheadTable('projections', {
  name: text('name').primaryKey(),
  version: integer('version').notNull(),
  position: bigint('position', { mode: 'number' }).notNull().default(0),
  updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3, mode: 'date' })
    .notNull()
    .defaultNow(),
  /** Since when, by whom and why it is paused; null while it is not. */
  pausedAt: timestamp('paused_at', { withTimezone: true, precision: 3, mode: 'date' }),
  pausedBy: text('paused_by'),
  pauseReason: text('pause_reason'),
  /** The worker that runs it, until this moment unless it renews its claim. */
  claimedBy: text('claimed_by'),
  claimedUntil: timestamp('claimed_until', { withTimezone: true, precision: 3, mode: 'date' }),
});
