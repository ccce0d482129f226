import { type SQL, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '#server/platform/postgres.ts';
import type { Projection } from '../projection.ts';

/** Where the tables of the generation that serves are. */
export const LIVE_SCHEMA = 'public';

/** Where a rebuild's tables are until the swap. */
export const shadowSchemaOf = (projection: string) => `shadow_${projection.replaceAll('-', '_')}`;

/** Where the tables of the generation before are, for as long as they are kept. */
export const previousSchemaOf = (projection: string) =>
  `previous_${projection.replaceAll('-', '_')}`;

export const tableNamesOf = ({ tables }: Pick<Projection, 'tables'>): string[] =>
  tables.map((table) => getTableConfig(table).name);

/** A table in a schema, for a statement. */
export const qualified = (schema: string, table: string): SQL =>
  sql`${sql.identifier(schema)}.${sql.identifier(table)}`;

/**
 * Creates empty copies of a projection's tables, with their keys. The other indexes come when the
 * tables are full (`buildIndexes`): until then every change of a row would have to keep them too.
 */
export async function createShadow(
  tx: Tx,
  projection: Pick<Projection, 'tables'>,
  schema: string,
): Promise<void> {
  await tx.execute(sql`CREATE SCHEMA ${sql.identifier(schema)}`);
  for (const table of tableNamesOf(projection)) {
    const shadow = qualified(schema, table);
    await tx.execute(sql`
      CREATE TABLE ${shadow} (
        LIKE ${qualified(LIVE_SCHEMA, table)} INCLUDING ALL EXCLUDING INDEXES
      )
    `);
    for (const { name, definition } of await listConstraints(tx, table)) {
      await tx.execute(
        sql`ALTER TABLE ${shadow} ADD CONSTRAINT ${sql.identifier(name)} ${sql.raw(definition)}`,
      );
    }
  }
}

/** Gives the tables what else the ones that serve have: their other indexes, and statistics. */
export async function buildIndexes(
  tx: Tx,
  projection: Pick<Projection, 'tables'>,
  schema: string,
): Promise<void> {
  for (const table of tableNamesOf(projection)) {
    for (const { name, unique, definition } of await listIndexes(tx, table, schema)) {
      await tx.execute(sql`
        CREATE ${unique ? sql`UNIQUE INDEX` : sql`INDEX`} ${sql.identifier(name)}
        ON ${qualified(schema, table)} ${sql.raw(definition)}
      `);
    }
    await tx.execute(sql`ANALYZE ${qualified(schema, table)}`);
  }
}

export async function dropSchema(tx: Tx, schema: string): Promise<void> {
  await tx.execute(sql`DROP SCHEMA IF EXISTS ${sql.identifier(schema)} CASCADE`);
}

/** Moves a projection's tables, with everything that belongs to them, from one schema to another. */
export async function moveTables(
  tx: Tx,
  projection: Pick<Projection, 'tables'>,
  from: string,
  to: string,
): Promise<void> {
  for (const table of tableNamesOf(projection)) {
    await tx.execute(sql`ALTER TABLE ${qualified(from, table)} SET SCHEMA ${sql.identifier(to)}`);
  }
}

/** What the tables and their indexes take on the disk, in bytes. */
export async function sizeOf(
  db: Db | Tx,
  projection: Pick<Projection, 'tables'>,
  schema: string,
): Promise<number> {
  const sizes = tableNamesOf(projection).map(
    (table) => sql`pg_total_relation_size(${`"${schema}"."${table}"`}::regclass)`,
  );
  const { rows } = await db.execute<{ bytes: string }>(
    sql`SELECT (${sql.join([sql`0`, ...sizes], sql` + `)})::text AS bytes`,
  );
  return Number(rows[0]?.bytes);
}

/** Primary keys, and whatever else is unique or excluded: a handler's ON CONFLICT may need it. */
async function listConstraints(tx: Tx, table: string) {
  const { rows } = await tx.execute<{ name: string; definition: string }>(sql`
    SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conrelid = ${`"${LIVE_SCHEMA}"."${table}"`}::regclass AND contype IN ('p', 'u', 'x')
  `);
  return rows;
}

/** Indexes of the table that serves, which stand for no constraint and which `schema` lacks. */
async function listIndexes(tx: Tx, table: string, schema: string) {
  const { rows } = await tx.execute<{ name: string; unique: boolean; definition: string }>(sql`
    SELECT relname AS name, indisunique AS unique,
      substring(pg_get_indexdef(indexrelid) FROM ' USING .*') AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = ${`"${LIVE_SCHEMA}"."${table}"`}::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
      AND to_regclass(quote_ident(${schema}) || '.' || quote_ident(relname)) IS NULL
  `);
  return rows;
}
