import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Db } from './postgres.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_529_423_301;

/**
 * Brings the schema up to date. Several processes may call it at once: an advisory lock lets one
 * migrate, and the others find nothing left to do. It works on one connection of its own, whose end
 * releases the lock.
 */
export async function migrate(db: Db): Promise<void> {
  const client = new pg.Client(db.$client.options);
  // The statement under way fails with the same error.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end();
  }
}
