import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
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
  // Options as postgres.js has parsed them: it takes them back, but its types do not know that.
  const options: object = { ...db.$client.options, max: 1 };
  const sql = postgres(options);
  try {
    await sql`SELECT pg_advisory_lock(${MIGRATION_LOCK})`;
    await applyMigrations(drizzle(sql), { migrationsFolder: MIGRATIONS });
  } finally {
    await sql.end();
  }
}
