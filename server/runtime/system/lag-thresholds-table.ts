import { doublePrecision, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';

/** From how many seconds behind a view is a cause for attention, where an operator has set it. */
export const lagThresholds = playheadTable('lag_thresholds', {
  /** A projection, or a consumer. */
  view: text('view').primaryKey(),
  seconds: doublePrecision('seconds').notNull(),
});
