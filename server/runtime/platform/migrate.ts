import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import { findTables, listMissing } from './find-tables.ts';
import type { Db, Tx } from './postgres.ts';
import {
  classifyPostgresError,
  isLockTimeout,
  isRefusedLogin,
  toPostgresSentence,
} from './postgres-errors.ts';
import { type Migration, readMigrations, readTableShapes } from './read-migrations.ts';
import { ALL_SCHEMAS, IDENTITY_SCHEMA, LIVE_SCHEMA } from './schemas.ts';
import { takeOverTables } from './take-over-tables.ts';

/** Any number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_529_423_301;

/** So long it waits for another process that migrates, and for each table that is in use. */
const LOCK_TIMEOUT_MS = 30_000;

/** Its own, and named so that no other program's can be meant. */
const APPLIED = sql`playhead.playhead_migrations`;

const tagsSchema = z.array(z.object({ tag: z.string() }));
const namesSchema = z.array(z.object({ name: z.string() }));

/**
 * Brings Playhead's schemas up to date, and checks that every table is there. Several processes may
 * call it at once: one migrates, and the others find nothing left to do. All of it is one transaction
 * with a lock that ends with it, so a failure changes nothing and a pooler's session keeps nothing.
 * Throws NOT_CONFIGURED without the right to log in or to create schemas, SCHEMA_INCOMPLETE when tables are missing
 * or a schema is another program's, MIGRATION_FAILED with PostgreSQL's reason, POSTGRES_UNAVAILABLE.
 */
export async function migrate(
  db: Db,
  { lockTimeoutMs = LOCK_TIMEOUT_MS }: { readonly lockTimeoutMs?: number } = {},
): Promise<void> {
  const migrations = await readMigrations();
  try {
    const held = await findHeld(db);
    if (migrations.some(({ tag }) => !held.includes(tag))) {
      await db.transaction((tx) => bringUpToDate(tx, migrations, lockTimeoutMs));
    }
    await requireTables(db, migrations);
  } catch (error) {
    throw isPlayheadError(error) ? error : toMigrationError(error);
  }
}

/**
 * Checks that `migrate` has nothing to do, and changes nothing. Throws NOT_CONFIGURED when it has, and
 * SCHEMA_INCOMPLETE, MIGRATION_FAILED and POSTGRES_UNAVAILABLE as it does.
 */
export async function requireMigrated(db: Db): Promise<void> {
  const migrations = await readMigrations();
  try {
    const held = await findHeld(db);
    if (migrations.some(({ tag }) => !held.includes(tag))) {
      throw new PlayheadError(
        'NOT_CONFIGURED',
        held.length === 0
          ? 'There is no Playhead in this PostgreSQL database, and nothing was created. Check DATABASE_URL; npm start begins one there.'
          : "The database's tables are an earlier Playhead's, and nothing was changed. Run npm start once: it brings them up to date.",
      );
    }
    await requireTables(db, migrations);
  } catch (error) {
    throw isPlayheadError(error) ? error : toMigrationError(error);
  }
}

async function bringUpToDate(
  tx: Tx,
  migrations: readonly Migration[],
  lockTimeoutMs: number,
): Promise<void> {
  await tx.execute(sql`
    SELECT set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, true),
      set_config('statement_timeout', '0', true)
  `);
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  let held = await findHeld(tx);
  if (held.length === 0) {
    await requireEmpty(tx);
  }
  await createSchemas(tx);
  if (held.length === 0) {
    await tx.execute(sql`
      CREATE TABLE ${APPLIED} (
        tag text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )
    `);
    const takenOver = await takeOverTables(tx, migrations);
    await note(tx, takenOver);
    held = takenOver.map(({ tag }) => tag);
  }
  // The first migrations name their tables without a schema.
  await tx.execute(sql`SELECT set_config('search_path', ${LIVE_SCHEMA}, true)`);
  const pending = migrations.filter(({ tag }) => !held.includes(tag));
  for (const { statements } of pending) {
    for (const statement of statements) {
      await tx.execute(sql.raw(statement));
    }
  }
  await note(tx, pending);
}

/** The tags of the migrations that were applied; empty before there were any. */
async function findHeld(tx: Db | Tx): Promise<string[]> {
  const tables = (await findTables(tx, ['playhead_migrations'])).get(LIVE_SCHEMA);
  if (tables === undefined) {
    return [];
  }
  const rows = await tx.execute(sql`SELECT tag FROM ${APPLIED}`);
  return tagsSchema.parse(rows).map(({ tag }) => tag);
}

async function note(tx: Tx, migrations: readonly Migration[]): Promise<void> {
  for (const { tag } of migrations) {
    await tx.execute(sql`INSERT INTO ${APPLIED} (tag) VALUES (${tag})`);
  }
}

/** Playhead moves and drops what is in its schemas: they must be its own. */
async function requireEmpty(tx: Tx): Promise<void> {
  const rows = await tx.execute(sql`
    SELECT nspname || '.' || relname AS name FROM pg_catalog.pg_class
      JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname IN (${toList(ALL_SCHEMAS)}) AND relkind IN ('r', 'v', 'm', 'f', 'p')
  `);
  const [foreign] = namesSchema.parse(rows);
  if (foreign !== undefined) {
    throw new PlayheadError(
      'SCHEMA_INCOMPLETE',
      `${foreign.name} is not Playhead's, or Playhead's note of its migrations was dropped. The ` +
        `schemas ${ALL_SCHEMAS.join(', ')} must be Playhead's alone: rename or drop what is in them, or ` +
        'use another database.',
    );
  }
}

async function createSchemas(tx: Tx): Promise<void> {
  const rows = await tx.execute(sql`
    SELECT nspname AS name FROM pg_catalog.pg_namespace WHERE nspname IN (${toList(ALL_SCHEMAS)})
  `);
  const names = namesSchema.parse(rows).map(({ name }) => name);
  const missing = ALL_SCHEMAS.filter((schema) => !names.includes(schema));
  if (missing.length === 0) {
    return;
  }
  const asked = await tx.execute(sql`
    SELECT quote_ident(current_user) AS role, current_database() AS database,
      has_database_privilege(current_database(), 'CREATE') AS may_create
  `);
  const [rights] = rightsSchema.parse(asked);
  if (!rights.may_create) {
    const statements = missing.map((name) => `CREATE SCHEMA ${name} AUTHORIZATION ${rights.role};`);
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `The role ${rights.role} may not create schemas in the database “${rights.database}”. Let an ` +
        `administrator run there: ${statements.join(' ')}`,
    );
  }
  for (const schema of missing) {
    await tx.execute(sql`CREATE SCHEMA ${sql.identifier(schema)}`);
  }
}

const rightsSchema = z.tuple([
  z.object({ role: z.string(), database: z.string(), may_create: z.boolean() }),
]);

async function requireTables(db: Db, migrations: readonly Migration[]): Promise<void> {
  const newest = migrations.at(-1);
  if (newest === undefined) {
    return;
  }
  for (const schema of [LIVE_SCHEMA, IDENTITY_SCHEMA]) {
    const expected = await readTableShapes(newest, schema);
    const found = (await findTables(db, expected.keys())).get(schema);
    const missing = listMissing(expected, found);
    if (missing.length > 0) {
      throw new PlayheadError(
        'SCHEMA_INCOMPLETE',
        `The schema “${schema}” lacks ${missing.join(', ')}, although the migrations that make ` +
          'them were applied. Restore the database from a backup; or drop the schemas ' +
          `${ALL_SCHEMAS.join(', ')}: the next start makes the read models again from the event store, ` +
          "without the operators' actions, what they skipped, and who may sign in.",
      );
    }
  }
}

function toMigrationError(error: unknown): PlayheadError {
  const sentence = toPostgresSentence(error);
  if (isLockTimeout(error)) {
    return new PlayheadError(
      'MIGRATION_FAILED',
      `Playhead's tables could not be brought up to date, for another session is migrating, or uses ` +
        'the tables and does not end (see pg_locks and pg_stat_activity). Nothing was changed. End that session, then start again.',
      { cause: error },
    );
  }
  if (isRefusedLogin(error)) {
    return new PlayheadError(
      'NOT_CONFIGURED',
      `PostgreSQL does not let Playhead in (${sentence}). Check DATABASE_URL: the role, its password and the database.`,
      { cause: error },
    );
  }
  return classifyPostgresError(error) === 'transient'
    ? new PlayheadError('POSTGRES_UNAVAILABLE', `PostgreSQL does not answer (${sentence}).`, {
        cause: error,
      })
    : new PlayheadError(
        'MIGRATION_FAILED',
        `Playhead's tables could not be brought up to date: ${sentence}. Nothing was changed.`,
        { cause: error },
      );
}

function toList(names: readonly string[]) {
  return sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  );
}
