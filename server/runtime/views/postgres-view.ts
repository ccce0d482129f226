import type { PgTable } from 'drizzle-orm/pg-core';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { groupBy } from '#lib/group-by.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { createEventCodec, type EventCodec } from '#server/runtime/event-store/event-codec.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { LIVE_SCHEMA, type SchemaName } from '#server/runtime/platform/schemas.ts';
import type { FollowingEvent } from './is-next.ts';
import { appendRows, deleteRows, type Row, upsertRows } from './write-rows.ts';

/** An event as a view sees it: in its type's current shape, with its place in the journal. */
export type ProjectedEvent<Event extends DomainEvent = DomainEvent> = FollowingEvent<Event> & {
  readonly position: number;
};

/** A table of a view, which nobody else writes. */
export type ViewTable = {
  /** The same table in each schema that a generation of the view can be in (`generationTable`). */
  readonly in: (schema: SchemaName) => PgTable;
  /**
   * What becomes of the rows that a fold answers. append: they are new, never
   * change, and have the event's sequence in a column `sequence`. upsert: they
   * are new, or take the place of those with the same primary key. replace: they are all rows of their
   * aggregate, and take the place of those before, where the fold has moved (`Held.version`).
   */
  readonly write: 'append' | 'upsert' | 'replace';
};

/** What a view has to know of an aggregate to go on. */
export type Held = {
  /** The newest of the aggregate's events that has left a trace in the view; 0 before the first. */
  readonly version: number;
};

/** What some events bring about. */
export type Folded<State extends Held> = {
  readonly held: State;
  /** For each of the view's tables, in their order, the rows to write (`ViewTable.write`). */
  readonly rows: readonly (readonly Row[])[];
};

/**
 * A read model in PostgreSQL of one kind of aggregate: what it holds of each is folded from that one's
 * events alone, in their order. The runtime loads, folds and writes within the transaction that moves
 * the checkpoint; reconciliation, repair and rebuilds follow from the same parts. Methods, so that
 * views of all kinds can stand side by side.
 */
export type PostgresView<State extends Held = Held, Event extends DomainEvent = DomainEvent> = {
  readonly name: string;
  /** Raised when the code changes what the tables hold: the old rows then need a rebuild. */
  readonly version: number;
  /** Whose events it is folded from. */
  readonly aggregate: Pick<Aggregate<unknown, Event>, 'type' | 'events'>;
  /** Where each of the tables has the aggregate's own id (without its type): a key of its columns. */
  readonly idColumn: string;
  readonly tables: readonly ViewTable[];
  /** Tables that triggers of these keep: they belong to the generation, and hold nothing of their own. */
  readonly keptByTriggers?: readonly PgTable[];
  /** What is held of these aggregates, by their own ids; those without a row are left out. */
  load(tx: Tx, schema: SchemaName, ids: string[]): Promise<ReadonlyMap<string, State>>;
  /** Before an aggregate's first event. */
  readonly initial: State;
  /**
   * What more events of one aggregate, whose own id is `id`, bring about. Those that are held already
   * change nothing (`isNext`). Throws SEQUENCE_GAP at a gap. Pure.
   */
  fold(held: State, events: readonly FollowingEvent<Event>[], id: string): Folded<State>;
};

/** Gives a view its precise type. */
export function defineView<State extends Held, Event extends DomainEvent>(
  view: PostgresView<State, Event>,
): PostgresView<State, Event> {
  return view;
}

/** The codec of the events that a view is folded from; others are unknown to it. */
export function codecOf({ aggregate }: Pick<PostgresView, 'aggregate'>): EventCodec {
  return createEventCodec(new Map([[aggregate.type, aggregate]]));
}

/** A view's tables that serve. */
export function liveTablesOf({ tables }: Pick<PostgresView, 'tables'>): PgTable[] {
  return tables.map((table) => table.in(LIVE_SCHEMA));
}

/**
 * Applies a batch, in journal order, within the transaction that moves the checkpoint, to the generation
 * that is in `schema`: a rebuild points the same view at a candidate beside the one that serves. All
 * events must be of the view's kind of aggregate.
 */
export async function applyEvents(
  tx: Tx,
  view: PostgresView,
  events: readonly ProjectedEvent[],
  schema: SchemaName,
): Promise<void> {
  const aggregates = [...groupBy(events, ({ aggregateId }) => aggregateId)].map(
    ([aggregateId, ofOne]) => ({ id: parseAggregateId(aggregateId).id, ofOne }),
  );
  const ids = aggregates.map(({ id }) => id);
  const held = await view.load(tx, schema, ids);
  const folded = aggregates.map(({ id, ofOne }) => {
    const before = held.get(id) ?? view.initial;
    const after = view.fold(before, ofOne, id);
    return { id, rows: after.rows, hasMoved: after.held.version !== before.version };
  });
  for (const [index, { in: tableIn, write }] of view.tables.entries()) {
    const table = tableIn(schema);
    // What is held already changes nothing, and so replaces nothing.
    const written = write === 'replace' ? folded.filter(({ hasMoved }) => hasMoved) : folded;
    const rows = concat(written.map((each) => each.rows[index] ?? []));
    if (write === 'replace') {
      const moved = written.map(({ id }) => id);
      await deleteRows(tx, table, view.idColumn, moved);
    }
    await (write === 'upsert' ? upsertRows : appendRows)(tx, table, rows);
  }
}

/** Not by `flatMap`, which takes ten times as long over thousands of lists of one row. */
function concat(lists: readonly (readonly Row[])[]): Row[] {
  const rows: Row[] = [];
  for (const list of lists) {
    for (const row of list) {
      rows.push(row);
    }
  }
  return rows;
}
