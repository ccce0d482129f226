import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { HeldRow } from '#server/runtime/views/row-view.ts';
import { columnOf } from '#server/runtime/views/write-rows.ts';

/** A column by its key in the table's definition. */
export type ListColumn = { readonly key: string; readonly column: PgColumn };

/** A column that a list can be sorted by. */
export type ListSort = ListColumn & {
  readonly type: 'text' | 'numeric' | 'timestamptz';
  /** A value of it in a cursor; PostgreSQL reads whatever this takes as `type`. */
  readonly value: z.ZodType<string>;
};

/** A list of a view's rows, for a page of the console: /api/lists/<name of the view>. */
export type List = {
  readonly view: PostgresView;
  /** The generation that serves. */
  readonly table: PgTable;
  readonly id: ListColumn;
  /** What a search looks in. */
  readonly searched: readonly ListColumn[];
  /** What the list can be narrowed by. */
  readonly facets: readonly ListColumn[];
  /** The first one counts where nothing else is asked for. */
  readonly sorts: readonly ListSort[];
};

/** The columns of a list, by their keys in the table's definition. */
type ListKeys<Key> = {
  readonly searched: readonly [Key, ...Key[]];
  readonly facets: readonly Key[];
  /** Texts, numbers and times that are never NULL. */
  readonly sorts: readonly [Key, ...Key[]];
};

/**
 * Makes a list of a view that has one row for each aggregate. Its counts and searches read the whole
 * table: it is for thousands of rows, and a module that has millions asks in a way of its own. Throws for
 * a column that cannot be sorted by.
 */
export function defineList<Row extends { readonly version: number }>(
  view: PostgresView<HeldRow<Row>>,
  keys: ListKeys<keyof Row & string>,
): List;
export function defineList(
  view: PostgresView,
  { searched, facets, sorts }: ListKeys<string>,
): List {
  const [viewTable] = view.tables;
  if (viewTable === undefined) {
    throw new Error(`The view “${view.name}” has no table to list.`);
  }
  const table = viewTable.in(LIVE_SCHEMA);
  const toColumn = (key: string): ListColumn => ({ key, column: columnOf(table, key) });
  return {
    view,
    table,
    id: toColumn(view.idColumn),
    searched: searched.map(toColumn),
    facets: facets.map(toColumn),
    sorts: sorts.map((key) => toSort(toColumn(key))),
  };
}

/** How values of a column's type stand in a cursor. PostgreSQL's timestamps know no year 0. */
const VALUES = [
  { is: /^(text|varchar)\b/, type: 'text', value: z.string() },
  {
    is: /^(smallint|integer|bigint|numeric|real|double)\b/,
    type: 'numeric',
    value: z.string().regex(/^-?\d{1,40}(\.\d{1,40})?(e[+-]?\d{1,2})?$/),
  },
  {
    is: /^timestamp\b/,
    type: 'timestamptz',
    value: z.iso.datetime({ precision: 3 }).refine((value) => value >= '0001'),
  },
] as const;

function toSort({ key, column }: ListColumn): ListSort {
  const kind = VALUES.find(({ is }) => is.test(column.getSQLType()));
  if (kind === undefined || !column.notNull) {
    throw new Error(
      `A list cannot be sorted by “${key}”: a text, number or time without NULL can.`,
    );
  }
  return { key, column, type: kind.type, value: kind.value };
}
