import { smallint, text, timestamp } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/platform/schemas.ts';

/** Which event store the database belongs to: one row, written at its first use. */
export const binding = playheadTable('binding', {
  id: smallint('id').primaryKey(),
  /** The identity that the event store keeps of itself. */
  eventStore: text('event_store').notNull(),
  boundAt: timestamp('bound_at', { withTimezone: true, precision: 3, mode: 'date' })
    .notNull()
    .defaultNow(),
});
