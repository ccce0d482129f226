import { getTableName, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import { LIVE_SCHEMA, type SchemaName } from '#server/runtime/platform/schemas.ts';
import { type FollowingEvent, isNext } from './is-next.ts';
import { defineView, type Held, type PostgresView } from './postgres-view.ts';
import { primaryKeyOf } from './primary-key-of.ts';
import { columnOf } from './write-rows.ts';

/** `version` is the sequence of the newest of the aggregate's events that the row holds. */
type VersionedRow = { readonly version: number };

/** What a view of one row for each aggregate holds of one. */
export type HeldRow<Row> = Held & { readonly row: Row | undefined };

/** A table with one row for each aggregate, whose primary key is the aggregate's own id. */
type RowTable = PgTable & { readonly $inferSelect: VersionedRow };

/** A view of one such table. */
export type RowView<Table extends RowTable, Event extends DomainEvent> = Pick<
  PostgresView<HeldRow<Table['$inferSelect']>, Event>,
  'name' | 'version' | 'keptByTriggers'
> & {
  /** Whose events it is folded from. */
  readonly aggregate: Aggregate<unknown, Event>;
  readonly table: (schema: SchemaName) => Table;
  /**
   * The row after one more event; `row` is undefined before the first. `version` must become the event's
   * sequence. Pure.
   */
  evolve(
    row: Table['$inferSelect'] | undefined,
    event: FollowingEvent<Event>,
    id: string,
  ): Table['$inferSelect'];
};

/**
 * Makes a view of how each event changes an aggregate's row. Throws when the table's primary key is not
 * one column.
 */
export function defineRowView<Table extends RowTable, Event extends DomainEvent>(
  view: RowView<Table, Event>,
): PostgresView<HeldRow<Table['$inferSelect']>, Event>;
export function defineRowView({
  table: tableIn,
  evolve,
  ...view
}: RowView<RowTable, DomainEvent>): PostgresView<HeldRow<VersionedRow>> {
  const [idColumn, ...others] = primaryKeyOf(tableIn(LIVE_SCHEMA));
  if (idColumn === undefined || others.length > 0) {
    throw new Error(`The table of the view “${view.name}” needs the aggregate’s id as its key.`);
  }
  return defineView<HeldRow<VersionedRow>, DomainEvent>({
    ...view,
    idColumn,
    tables: [{ in: tableIn, write: 'upsert' }],
    load: async (tx, schema, ids) => {
      const table: PgTable = tableIn(schema);
      const rows = await tx
        .select()
        .from(table)
        .where(sql`${columnOf(table, idColumn)} = ANY(${sql.param(ids)}::text[])`)
        .prepare(`${schema}.${getTableName(table)}_held`)
        .execute();
      return new Map(
        rows.map((row) => {
          requireVersion(row);
          return [`${row[idColumn]}`, { version: row.version, row }];
        }),
      );
    },
    initial: { version: 0, row: undefined },
    fold: (held, events, id) => {
      let { row } = held;
      for (const event of events) {
        if (isNext(row?.version ?? 0, event)) {
          row = evolve(row, event, id);
        }
      }
      const changed = row === undefined || row === held.row ? [] : [row];
      return { held: { version: row?.version ?? 0, row }, rows: [changed] };
    },
  });
}

function requireVersion(
  row: Record<string, unknown>,
): asserts row is Record<string, unknown> & VersionedRow {
  if (typeof row.version !== 'number') {
    throw new Error(
      'A row of a view of one row for each aggregate needs a “version” that is a number.',
    );
  }
}
