import { bigint, doublePrecision, index, primaryKey, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** How far each view was behind the event store, by the minute, for a day and a little. */
export const lagSamples = playheadTable(
  'lag_samples',
  {
    /** A projection, or a consumer. */
    view: text('view').notNull(),
    /** The beginning of the minute. */
    minute: timeColumn('minute').notNull(),
    maxEvents: bigint('max_events', { mode: 'number' }).notNull(),
    lastEvents: bigint('last_events', { mode: 'number' }).notNull(),
    maxSeconds: doublePrecision('max_seconds').notNull(),
    lastSeconds: doublePrecision('last_seconds').notNull(),
    /** When the last of the minute's samples was taken. */
    sampledAt: timeColumn('sampled_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.view, table.minute] }),
    index('lag_samples_minute').on(table.minute),
  ],
);
