import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Each projection's checkpoint: the last journal position whose effects its tables hold. */
export const projections = pgTable('projections', {
  name: text('name').primaryKey(),
  version: integer('version').notNull(),
  position: bigint('position', { mode: 'number' }).notNull().default(0),
  updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3, mode: 'date' })
    .notNull()
    .defaultNow(),
});
