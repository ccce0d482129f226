import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Tx } from './postgres.ts';
import type { TableShapes } from './read-migrations.ts';

const rowsSchema = z.array(z.object({ schema: z.string(), table: z.string(), column: z.string() }));

/** Tables of these names in any schema: what is there, by schema. */
export async function findTables(
  tx: Db | Tx,
  names: Iterable<string>,
): Promise<Map<string, TableShapes>> {
  const list = sql.join(
    [...names].map((name) => sql`${name}`),
    sql`, `,
  );
  const rows = await tx.execute(sql`
    SELECT nspname AS schema, relname AS table, attname AS column
    FROM pg_catalog.pg_attribute
      JOIN pg_catalog.pg_class ON pg_class.oid = attrelid
      JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped AND relname IN (${list})
  `);
  const found = new Map<string, Map<string, string[]>>();
  for (const { schema, table, column } of rowsSchema.parse(rows)) {
    const tables = found.get(schema) ?? new Map<string, string[]>();
    tables.set(table, [...(tables.get(table) ?? []), column]);
    found.set(schema, tables);
  }
  return found;
}

/** The tables and columns of `expected` that `found` lacks, as people read them. */
export function listMissing(expected: TableShapes, found: TableShapes = new Map()): string[] {
  return [...expected].flatMap(([table, columns]) => {
    const held = found.get(table);
    return held === undefined
      ? [table]
      : columns.filter((column) => !held.includes(column)).map((column) => `${table}.${column}`);
  });
}
