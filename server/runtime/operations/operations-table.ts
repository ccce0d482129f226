import { sql } from 'drizzle-orm';
import { index, jsonb, text } from 'drizzle-orm/pg-core';
import { OPERATION_STATUSES } from '#lib/contracts/operations.ts';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** What operators asked for in the console. The web server adds rows; a worker carries them out. */
export const operations = playheadTable(
  'operations',
  {
    /** Made by the form, so that a double submit is one request. */
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    reason: text('reason'),
    requestedBy: text('requested_by').notNull(),
    /** The address that it was asked for from, as the web server saw it. */
    requestedFrom: text('requested_from'),
    requestedAt: timeColumn('requested_at').notNull().default(sql`clock_timestamp()`),
    status: text('status', { enum: OPERATION_STATUSES }).notNull().default('queued'),
    /** The worker that carries it out, until this moment unless it renews its claim. */
    worker: text('worker'),
    claimedUntil: timeColumn('claimed_until'),
    startedAt: timeColumn('started_at'),
    endedAt: timeColumn('ended_at'),
    progress: jsonb('progress').$type<{ done: number; total: number | null }>(),
    result: jsonb('result').$type<unknown>(),
    error: jsonb('error').$type<{ code: string; message: string }>(),
  },
  (table) => [
    index('operations_newest').on(table.requestedAt, table.id),
    index('operations_open').on(table.requestedAt).where(sql`status IN ('queued', 'running')`),
  ],
);
