import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';

/** The columns of a table's primary key, by their keys in its definition. */
export function primaryKeyOf(table: PgTable): string[] {
  const { columns, primaryKeys } = getTableConfig(table);
  const primary = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  const names = primary.map(({ name }) => name);
  return Object.entries(getTableColumns(table)).flatMap(([key, { name }]) =>
    names.includes(name) ? key : [],
  );
}
