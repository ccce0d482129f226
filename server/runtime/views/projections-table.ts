import { bigint, integer, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/**
 * Each projection's checkpoint: the last journal position whose effects its tables hold (but for
 * those that wait behind dead letters); whether it is paused, and who runs it.
 */
export const projections = playheadTable('projections', {
  name: text('name').primaryKey(),
  version: integer('version').notNull(),
  position: bigint('position', { mode: 'number' }).notNull().default(0),
  updatedAt: timeColumn('updated_at').notNull().defaultNow(),
  /** Since when, by whom and why it is paused; null while it is not. */
  pausedAt: timeColumn('paused_at'),
  pausedBy: text('paused_by'),
  pauseReason: text('pause_reason'),
  /** The worker that runs it, until this moment unless it renews its claim. */
  claimedBy: text('claimed_by'),
  claimedUntil: timeColumn('claimed_until'),
});
