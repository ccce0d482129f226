import { sql } from 'drizzle-orm';
import { bigint, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';
import type { QueueDepth } from './bus.ts';
import { REPLAY_STATES, type ReplayStep } from './decide-replay.ts';

/** A step that was done, when and by which worker. */
export type DoneStep = { readonly step: ReplayStep; readonly at: string; readonly worker: string };

const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/** The replays by the bus, each of which fills the generation of the rebuild of kind `bus` with its number. */
export const busReplays = playheadTable('bus_replays', {
  rebuild: integer('rebuild').primaryKey(),
  /** The step that is next, or `live` after the last. */
  state: text('state', { enum: REPLAY_STATES }).notNull().default('create-queues'),
  /** Begun anew so many times, since queues were lost; part of the queues' names. */
  attempt: integer('attempt').notNull().default(0),
  steps: jsonb('steps').$type<readonly DoneStep[]>().notNull().default([]),
  /** The journal's newest position when live events had been piling up; null before that. */
  until: bigint('until', { mode: 'number' }),
  /** Every event up to here was put into the replay queue, so many in all. */
  putPosition: count('put_position'),
  put: count('put'),
  /** Events that the handler has taken, each counted once, by the queue they came from. */
  replayed: count('replayed'),
  live: count('live'),
  /** Messages that came again and changed nothing. */
  duplicates: count('duplicates'),
  /** What the queues hold, as the worker last saw it. */
  depths: jsonb('depths').$type<{ readonly replay: QueueDepth; readonly live: QueueDepth }>(),
  /** Why it does not get on; null while it does. */
  error: text('error'),
  updatedAt: timeColumn('updated_at').notNull().default(sql`clock_timestamp()`),
  /** The rebuild is over, and the queues are gone. */
  removedAt: timeColumn('removed_at'),
});

/** Up to which of its events a replay's handler has taken each aggregate. */
export const busProgress = playheadTable(
  'bus_progress',
  {
    rebuild: integer('rebuild')
      .notNull()
      .references(() => busReplays.rebuild, { onDelete: 'cascade' }),
    aggregateId: text('aggregate_id').notNull(),
    eventSequence: integer('event_sequence').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rebuild, table.aggregateId] })],
);
