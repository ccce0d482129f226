import { sql } from 'drizzle-orm';
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { REBUILD_KINDS, type RebuildError, type RebuildEstimate } from './rebuild.ts';

const moment = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/**
 * Every rebuild of a projection, with the checkpoint of the generation that it fills. What a swap
 * put aside stays with the swap's row for as long as it is kept.
 */
export const rebuilds = playheadTable(
  'rebuilds',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    projection: text('projection').notNull(),
    /** `rollback`: it began with the previous generation instead of with nothing. `bus`: the bus fills it. */
    kind: text('kind', { enum: REBUILD_KINDS }).notNull(),
    status: text('status', {
      enum: ['running', 'ready', 'swapped', 'discarded', 'failed', 'cancelled'],
    }).notNull(),
    /** The version of the generation that serves. */
    fromVersion: integer('from_version').notNull(),
    /** The version of the code that fills, and of the new generation. */
    version: integer('version').notNull(),
    startPosition: bigint('start_position', { mode: 'number' }).notNull(),
    /** The last journal position whose effects the new generation holds. */
    position: bigint('position', { mode: 'number' }).notNull(),
    /** The newest position of which it holds anything: one that the bus fills may be ahead of `position`. */
    reach: bigint('reach', { mode: 'number' }).notNull().default(0),
    /** Where the generation that serves stood at the start. */
    target: bigint('target', { mode: 'number' }).notNull(),
    estimate: jsonb('estimate').$type<RebuildEstimate>().notNull(),
    /** Events per second, of the last seconds of the filling; null before there is any. */
    rate: doublePrecision('rate'),
    error: jsonb('error').$type<RebuildError>(),
    /** The worker that fills it, until this moment unless it renews its claim. */
    worker: text('worker'),
    claimedUntil: moment('claimed_until'),
    requestedBy: text('requested_by').notNull(),
    startedAt: moment('started_at').notNull().default(sql`clock_timestamp()`),
    updatedAt: moment('updated_at').notNull().default(sql`clock_timestamp()`),
    /** The generation that this one replaced, while it is kept. */
    previousVersion: integer('previous_version'),
    previousPosition: bigint('previous_position', { mode: 'number' }),
  },
  (table) => [
    index('rebuilds_projection').on(table.projection, table.id),
    uniqueIndex('rebuilds_one_at_a_time')
      .on(table.projection)
      .where(sql`status IN ('running', 'ready')`),
  ],
);
