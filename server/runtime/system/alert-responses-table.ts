import { doublePrecision, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Alerts that an operator has acknowledged or snoozed, for as long as that holds. */
export const alertResponses = playheadTable('alert_responses', {
  /** The alert's id. */
  alert: text('alert').primaryKey(),
  /** What it said then. */
  title: text('title').notNull(),
  /** How large it was then, or has become since where that is less. */
  seen: doublePrecision('seen').notNull(),
  by: text('by').notNull(),
  at: timeColumn('at').notNull(),
  reason: text('reason').notNull(),
  /** Until when it is snoozed; null where it is acknowledged. */
  until: timeColumn('until'),
});
