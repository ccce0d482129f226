import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';

/** What a table is called in PostgreSQL, without its schema. */
export function tableNameOf(table: PgTable): string {
  return getTableConfig(table).name;
}
