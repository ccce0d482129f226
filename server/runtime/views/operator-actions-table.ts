import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/**
 * What people did: operators to the delivery, with what came of it; who signed in, and what was refused. Only
 * ever added to (a trigger of the migration refuses the rest).
 */
export const operatorActions = playheadTable(
  'operator_actions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timeColumn('at').notNull().default(sql`clock_timestamp()`),
    actor: text('actor').notNull(),
    /** What was done: "rebuild", "pause", "retry-dead-letters" … */
    action: text('action').notNull(),
    /** What it was done to: mostly a projection's name. */
    subject: text('subject').notNull(),
    reason: text('reason'),
    /** The address that it was asked for from, as the web server saw it; null on the command line. */
    origin: text('origin'),
    effect: jsonb('effect').$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index('operator_actions_subject').on(table.subject, table.id),
    index('operator_actions_newest').on(table.at, table.id),
  ],
);
