import { type SQL, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '#server/runtime/platform/postgres.ts';
import {
  CANDIDATE_SCHEMA,
  LIVE_SCHEMA,
  type SchemaName,
} from '#server/runtime/platform/schemas.ts';
import { liveTablesOf, type PostgresView } from '#server/runtime/views/postgres-view.ts';

/** A projection's tables, as far as its generations go. */
type Tables = Pick<PostgresView, 'tables' | 'keptByTriggers'>;

export const tableNamesOf = ({ tables, keptByTriggers = [] }: Tables): string[] =>
  [...liveTablesOf({ tables }), ...keptByTriggers].map((table) => getTableConfig(table).name);

/** A table in a schema, for a statement. */
export const qualified = (schema: SchemaName, table: string): SQL =>
  sql`${sql.identifier(schema)}.${sql.identifier(table)}`;

/**
 * Creates empty copies of a projection's tables, with their keys and triggers. The other indexes come when the
 * tables are full (`buildIndexes`): until then every change of a row would have to keep them too.
 */
export async function createCandidate(tx: Tx, projection: Tables): Promise<void> {
  const owner = await findOtherOwner(tx);
  for (const table of tableNamesOf(projection)) {
    const candidate = qualified(CANDIDATE_SCHEMA, table);
    await tx.execute(sql`
      CREATE TABLE ${candidate} (
        LIKE ${qualified(LIVE_SCHEMA, table)} INCLUDING ALL EXCLUDING INDEXES
      )
    `);
    for (const { name, definition } of await listConstraints(tx, table)) {
      await tx.execute(
        sql`ALTER TABLE ${candidate} ADD CONSTRAINT ${sql.identifier(name)} ${sql.raw(definition)}`,
      );
    }
    if (owner !== undefined) {
      await tx.execute(sql`ALTER TABLE ${candidate} OWNER TO ${sql.identifier(owner)}`);
    }
    for (const definition of await listTriggers(tx, table)) {
      await tx.execute(sql.raw(definition));
    }
  }
}

/** Gives a candidate's tables what else the ones that serve have: their other indexes, and statistics. */
export async function buildIndexes(tx: Tx, projection: Tables): Promise<void> {
  for (const table of tableNamesOf(projection)) {
    const candidate = qualified(CANDIDATE_SCHEMA, table);
    for (const { name, unique, definition } of await listIndexes(tx, table)) {
      await tx.execute(sql`
        CREATE ${unique ? sql`UNIQUE INDEX` : sql`INDEX`} ${sql.identifier(name)}
        ON ${candidate} ${sql.raw(definition)}
      `);
    }
    await tx.execute(sql`ANALYZE ${candidate}`);
  }
}

/** Drops a projection's tables in a schema, as far as they are there. */
export async function dropTables(
  tx: Tx,
  projection: Tables,
  schema: Exclude<SchemaName, typeof LIVE_SCHEMA>,
): Promise<void> {
  for (const table of tableNamesOf(projection)) {
    await tx.execute(sql`DROP TABLE IF EXISTS ${qualified(schema, table)}`);
  }
}

/** Moves a projection's tables, with everything that belongs to them, from one schema to another. */
export async function moveTables(
  tx: Tx,
  projection: Tables,
  from: SchemaName,
  to: SchemaName,
): Promise<void> {
  for (const table of tableNamesOf(projection)) {
    await tx.execute(sql`ALTER TABLE ${qualified(from, table)} SET SCHEMA ${sql.identifier(to)}`);
  }
}

/** What the tables of the generation that serves and their indexes take on the disk, in bytes. */
export async function sizeOf(db: Db | Tx, projection: Tables): Promise<number> {
  const sizes = tableNamesOf(projection).map(
    (table) => sql`pg_total_relation_size(${`"${LIVE_SCHEMA}"."${table}"`}::regclass)`,
  );
  const rows = await db.execute<{ bytes: string }>(
    sql`SELECT (${sql.join([sql`0`, ...sizes], sql` + `)})::text AS bytes`,
  );
  return Number(rows[0]?.bytes);
}

/** Whose the candidates' schema is, where it is not ours: the worker's own role. */
async function findOtherOwner(tx: Tx): Promise<string | undefined> {
  const rows = await tx.execute<{ owner: string }>(sql`
    SELECT rolname AS owner FROM pg_namespace JOIN pg_roles ON pg_roles.oid = nspowner
    WHERE nspname = ${CANDIDATE_SCHEMA} AND rolname <> current_user
  `);
  return rows[0]?.owner;
}

/** Primary keys, and whatever else is unique or excluded: a handler's ON CONFLICT may need it. */
async function listConstraints(tx: Tx, table: string) {
  const rows = await tx.execute<{ name: string; definition: string }>(sql`
    SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conrelid = ${`"${LIVE_SCHEMA}"."${table}"`}::regclass AND contype IN ('p', 'u', 'x')
  `);
  return rows;
}

/** The triggers of the table that serves, as statements for the candidate. */
async function listTriggers(tx: Tx, table: string): Promise<string[]> {
  const rows = await tx.execute<{ definition: string }>(sql`
    SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger
    WHERE tgrelid = ${`"${LIVE_SCHEMA}"."${table}"`}::regclass AND NOT tgisinternal
  `);
  return rows.map(({ definition }) =>
    definition.replace(` ON ${LIVE_SCHEMA}.${table} `, ` ON ${CANDIDATE_SCHEMA}.${table} `),
  );
}

/** Indexes of the table that serves, which stand for no constraint and which the candidate lacks. */
async function listIndexes(tx: Tx, table: string) {
  const rows = await tx.execute<{ name: string; unique: boolean; definition: string }>(sql`
    SELECT relname AS name, indisunique AS unique,
      substring(pg_get_indexdef(indexrelid) FROM ' USING .*') AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = ${`"${LIVE_SCHEMA}"."${table}"`}::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
      AND to_regclass(quote_ident(${CANDIDATE_SCHEMA}) || '.' || quote_ident(relname)) IS NULL
  `);
  return rows;
}
