import { smallint, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Which event store the database belongs to: one row, written at its first use. */
export const binding = playheadTable('binding', {
  id: smallint('id').primaryKey(),
  /** The identity that the event store keeps of itself. */
  eventStore: text('event_store').notNull(),
  boundAt: timeColumn('bound_at').notNull().defaultNow(),
});
