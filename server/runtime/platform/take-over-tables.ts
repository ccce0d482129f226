import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { findTables, listMissing } from './find-tables.ts';
import type { Tx } from './postgres.ts';
import { type Migration, readTableShapes } from './read-migrations.ts';
import { ARCHIVE_SCHEMA, CANDIDATE_SCHEMA, LIVE_SCHEMA, SCHEMAS } from './schemas.ts';

/** Tables that no other program has. */
const DISTINCTIVE = ['journal_aggregates', 'journal_head', 'journal_state'];

const hashesSchema = z.array(z.object({ hash: z.string() }));

const rebuildsSchema = z.array(
  z.object({ projection: z.string(), is_active: z.boolean(), is_kept: z.boolean() }),
);

/**
 * Earlier versions had their tables in the session's schema, mostly `public`, and noted their
 * migrations in Drizzle's own table, where another program's may be too. Moves these tables, with the
 * generations of a rebuild, into Playhead's schemas, and answers the migrations that they have.
 * Nothing else in the database is touched. Throws SCHEMA_INCOMPLETE when only some of them are there.
 */
export async function takeOverTables(
  tx: Tx,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const applied = await findApplied(tx, migrations);
  const newest = applied.at(-1);
  if (newest === undefined) {
    return [];
  }
  const expected = await readTableShapes(newest);
  const found = await findTables(tx, expected.keys());
  const homes = [...found].filter(
    ([schema, tables]) =>
      !SCHEMAS.some((own) => own === schema) && DISTINCTIVE.some((name) => tables.has(name)),
  );
  const complete = homes.find(([, tables]) => listMissing(expected, tables).length === 0);
  const [home] = homes;
  if (complete === undefined && home !== undefined) {
    const [schema, tables] = home;
    throw new PlayheadError(
      'SCHEMA_INCOMPLETE',
      `The schema “${schema}” holds an earlier Playhead's tables, but these are missing: ` +
        `${listMissing(expected, tables).join(', ')}. Nothing was changed. Restore them from a ` +
        'backup, or give Playhead an empty database: it makes the read models again from the event store.',
    );
  }
  // They were dropped: what remains is the note that they were made.
  if (complete !== undefined) {
    await move(tx, complete[0], expected.keys());
  }
  await tx.execute(sql`
    DELETE FROM drizzle.__drizzle_migrations WHERE hash IN (${toList(applied)})
  `);
  return complete === undefined ? [] : applied;
}

async function findApplied(tx: Tx, migrations: readonly Migration[]): Promise<Migration[]> {
  const rows = await tx.execute(sql`
    SELECT FROM pg_catalog.pg_attribute
      JOIN pg_catalog.pg_class ON pg_class.oid = attrelid
      JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'drizzle' AND relname = '__drizzle_migrations' AND attname = 'hash'
      AND has_schema_privilege(pg_namespace.oid, 'USAGE')
      AND has_table_privilege(pg_class.oid, 'SELECT, DELETE')
  `);
  if (rows.length === 0) {
    return [];
  }
  const applied = await tx.execute(sql`
    SELECT hash FROM drizzle.__drizzle_migrations WHERE hash IN (${toList(migrations)})
  `);
  const hashes = hashesSchema.parse(applied).map(({ hash }) => hash);
  return migrations.filter(({ hash }) => hashes.includes(hash));
}

async function move(tx: Tx, home: string, tables: Iterable<string>): Promise<void> {
  const names = [...tables];
  for (const table of names) {
    await moveTable(tx, home, table, LIVE_SCHEMA);
  }
  const rows = await tx.execute(sql`
    SELECT projection, bool_or(status IN ('running', 'ready', 'failed')) AS is_active,
      bool_or(previous_position IS NOT NULL) AS is_kept
    FROM playhead.rebuilds GROUP BY projection
  `);
  for (const { projection, is_active, is_kept } of rebuildsSchema.parse(rows)) {
    const suffix = projection.replaceAll('-', '_');
    const generations = [
      ...(is_active ? ([[`shadow_${suffix}`, CANDIDATE_SCHEMA]] as const) : []),
      ...(is_kept ? ([[`previous_${suffix}`, ARCHIVE_SCHEMA]] as const) : []),
    ];
    for (const [from, to] of generations) {
      const found = (await findTables(tx, names)).get(from) ?? new Map();
      for (const table of found.keys()) {
        await moveTable(tx, from, table, to);
      }
      if (found.size > 0) {
        await tx.execute(sql`DROP SCHEMA ${sql.identifier(from)}`);
      }
    }
  }
}

async function moveTable(tx: Tx, from: string, table: string, to: string): Promise<void> {
  await tx.execute(sql`
    ALTER TABLE ${sql.identifier(from)}.${sql.identifier(table)} SET SCHEMA ${sql.identifier(to)}
  `);
}

function toList(migrations: readonly Migration[]) {
  return sql.join(
    migrations.map(({ hash }) => sql`${hash}`),
    sql`, `,
  );
}
