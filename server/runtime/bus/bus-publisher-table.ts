import { bigint, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** How far the journal has been published to the bus: one row, `events`, made when the bus is first used. */
export const busPublisher = playheadTable('bus_publisher', {
  topic: text('topic').primaryKey(),
  /** Every event up to here was published; those before the first position never were. */
  position: bigint('position', { mode: 'number' }).notNull(),
  /** The worker that publishes, until this moment unless it renews its claim. */
  claimedBy: text('claimed_by'),
  claimedUntil: timeColumn('claimed_until'),
});
