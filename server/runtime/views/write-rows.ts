import { getTableColumns, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '#server/runtime/platform/postgres.ts';

/** A row by the keys of its table's columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Inserts rows in one statement, whatever their number; a row that is there already is an error. */
export async function appendRows(tx: Tx, table: PgTable, rows: readonly Row[]): Promise<void> {
  await write(tx, partsOf(table), rows, '');
}

/** Inserts rows, or replaces those with the same primary key, in one statement. */
export async function upsertRows(tx: Tx, table: PgTable, rows: readonly Row[]): Promise<void> {
  const parts = partsOf(table);
  await write(tx, parts, rows, parts.onConflict);
}

/** Deletes all rows of these aggregates, whose own ids are in the column that has the key `idColumn`. */
export async function deleteRows(
  tx: Tx,
  table: PgTable,
  idColumn: string,
  ids: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    DELETE FROM ${table} WHERE ${columnOf(table, idColumn)} = ANY(${sql.param(ids)}::text[])
  `);
}

/** A column by its key in the table's definition. Throws when the table has none of that key. */
export function columnOf(table: PgTable, key: string): PgColumn {
  const column = getTableColumns(table)[key];
  if (column === undefined) {
    throw new Error(`The table ${getTableConfig(table).name} has no column “${key}”.`);
  }
  return column;
}

/**
 * Rows travel as one array per column: one parameter for all of its cells, and less work on both
 * sides than JSON.
 */
async function write(
  tx: Tx,
  { insert, columns }: Parts,
  rows: readonly Row[],
  onConflict: string,
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const arrays = columns.map(({ key, cast }) => {
    const values = sql.param(rows.map((row) => row[key]));
    return sql`${values}${sql.raw(cast)}`;
  });
  await tx.execute(sql`${sql.raw(insert)}${sql.join(arrays, sql`, `)})${sql.raw(onConflict)}`);
}

/** What a table's statements are put together from. */
type Parts = {
  readonly insert: string;
  /** A row's keys, and what makes an array of each one's values PostgreSQL's. */
  readonly columns: readonly { readonly key: string; readonly cast: string }[];
  readonly onConflict: string;
};

const made = new WeakMap<PgTable, Parts>();

function partsOf(table: PgTable): Parts {
  const parts = made.get(table) ?? makeParts(table);
  made.set(table, parts);
  return parts;
}

function makeParts(table: PgTable): Parts {
  const { schema, name, columns, primaryKeys } = getTableConfig(table);
  const primary = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  const key = primary.map((column) => `"${column.name}"`);
  const byKey = Object.entries(getTableColumns(table));
  const names = byKey.map(([, column]) => `"${column.name}"`);
  const changes = names
    .filter((column) => !key.includes(column))
    .map((column) => `${column} = excluded.${column}`);
  return {
    insert: `INSERT INTO "${schema}"."${name}" (${names.join(', ')}) SELECT * FROM unnest(`,
    columns: byKey.map(([key, column]) => ({
      key,
      // A collation is the column's, and no part of an array's type.
      cast: `::${column.getSQLType().replace(/ COLLATE .*/, '')}[]`,
    })),
    onConflict: ` ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${changes.join(', ')}`,
  };
}
