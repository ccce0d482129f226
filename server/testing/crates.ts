import { eq, sql } from 'drizzle-orm';
import { integer, primaryKey, text } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';
import { z } from 'zod';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { Module } from '#server/runtime/module.ts';
import { bytewise, generationTable } from '#server/runtime/platform/schemas.ts';
import { isNext } from '#server/runtime/views/is-next.ts';
import { defineView, type Held } from '#server/runtime/views/postgres-view.ts';
import type { Row } from '#server/runtime/views/write-rows.ts';
import { minute } from './sample-events.ts';

/** What may become of a crate: a domain that is as small as can be, with a table of each sort. */
type CrateEvent =
  | { readonly eventType: 'Packed'; readonly eventData: { readonly thing: string } }
  | { readonly eventType: 'Emptied'; readonly eventData: object };

type CrateState = { readonly things: readonly string[] };

export const packed = (thing: string): CrateEvent => ({
  eventType: 'Packed',
  eventData: { thing },
});
export const emptied: CrateEvent = { eventType: 'Emptied', eventData: {} };

export const crateAggregate: Aggregate<CrateState, CrateEvent> = {
  type: 'crate',
  parseId: (id) => (/^C\d+$/.test(id) ? id : undefined),
  initialState: { things: [] },
  evolve: (state, event) => ({ things: pack(state.things, event) }),
  events: {
    Packed: { schemaVersion: 1, codec: z.object({ thing: z.string() }) },
    Emptied: { schemaVersion: 1, codec: z.object({}) },
  },
  snapshot: { version: 1, codec: z.object({ things: z.array(z.string()) }) },
};

const cratesIn = generationTable((define) =>
  define('crates', {
    crateId: bytewise('crate_id').primaryKey(),
    things: text('things').notNull(),
    version: integer('version').notNull(),
  }),
);
const crateThingsIn = generationTable((define) =>
  define(
    'crate_things',
    { crateId: bytewise('crate_id'), place: integer('place'), thing: text('thing').notNull() },
    (table) => [primaryKey({ columns: [table.crateId, table.place] })],
  ),
);
const crateLogIn = generationTable((define) =>
  define(
    'crate_log',
    { crateId: bytewise('crate_id'), sequence: integer('sequence'), what: text('what').notNull() },
    (table) => [primaryKey({ columns: [table.crateId, table.sequence] })],
  ),
);

type HeldCrate = Held & CrateState;

/** Its tables are made by `createCrateTables`. Where nothing has come, it answers no rows. */
export const cratesView = defineView<HeldCrate, CrateEvent>({
  name: 'crates',
  version: 1,
  aggregate: crateAggregate,
  idColumn: 'crateId',
  tables: [
    { in: cratesIn, write: 'upsert' },
    { in: crateThingsIn, write: 'replace' },
    { in: crateLogIn, write: 'append' },
  ],
  load: async (tx, schema, ids) => {
    const crates = cratesIn(schema);
    const rows = await tx
      .select()
      .from(crates)
      .where(eq(crates.crateId, sql`ANY(${sql.param(ids)}::text[])`));
    return new Map(
      rows.map(({ crateId, things, version }) => [crateId, { things: fromText(things), version }]),
    );
  },
  initial: { things: [], version: 0 },
  fold: (before, events, crateId) => {
    let held = before;
    const log: Row[] = [];
    for (const event of events) {
      if (isNext(held.version, event)) {
        const { eventSequence: sequence, eventType: what } = event;
        held = { things: pack(held.things, event), version: sequence };
        log.push({ crateId, sequence, what });
      }
    }
    const crate = { crateId, things: toText(held.things), version: held.version };
    const things = held.things.map((thing, place) => ({ crateId, place, thing }));
    return { held, rows: held === before ? [[], [], []] : [[crate], things, log] };
  },
});

export const crateModule: Module = {
  name: 'crates',
  aggregates: [crateAggregate],
  commands: [],
  views: [cratesView],
  hotViews: [],
  rejections: {},
};

/** Makes the tables of the view, which no migration has, where they serve. */
export async function createCrateTables(db: postgres.Sql): Promise<void> {
  await db.unsafe(`
    CREATE TABLE crates (crate_id text COLLATE "C" PRIMARY KEY, things text NOT NULL, version integer NOT NULL);
    CREATE TABLE crate_things (crate_id text COLLATE "C", place integer, thing text NOT NULL,
      PRIMARY KEY (crate_id, place));
    CREATE TABLE crate_log (crate_id text COLLATE "C", sequence integer, what text NOT NULL,
      PRIMARY KEY (crate_id, sequence));
  `);
}

/** The events of a crate as they are recorded, a minute apart. */
export function toCrateHistory(
  crateId: string,
  events: readonly CrateEvent[],
): RecordedEvent<CrateEvent>[] {
  return events.map((event, index) => ({
    aggregateId: `crate#${crateId}`,
    eventSequence: index + 1,
    eventId: `${crateId}-${index + 1}`,
    correlationId: 'correlation-1',
    causationId: 'command-1',
    timestamp: minute(index),
    version: 1,
    metadata: { actor: 'tester', commandId: 'command-1', commandType: 'Test' },
    ...event,
  }));
}

export const toText = (things: readonly string[]): string => things.join(' ');
const fromText = (text: string): string[] => text.split(' ').filter((thing) => thing !== '');

function pack(things: readonly string[], event: CrateEvent): string[] {
  return event.eventType === 'Packed' ? [...things, event.eventData.thing] : [];
}
