import type { PgTable } from 'drizzle-orm/pg-core';
import { primaryKeyOf } from './primary-key-of.ts';
import type { Row } from './write-rows.ts';

/** Rows by their primary key, without the aggregate's own id. */
export function byKey(table: PgTable, idColumn: string, rows: readonly Row[]): Map<string, Row> {
  const key = primaryKeyOf(table).filter((name) => name !== idColumn);
  return new Map(rows.map((row) => [key.map((name) => `${row[name]}`).join('/'), row]));
}
