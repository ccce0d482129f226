import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Env } from './env.ts';

/** A Drizzle database over postgres.js; `$client` is the raw connection pool. */
export type Db = PostgresJsDatabase & { readonly $client: postgres.Sql };

/** What runs inside one transaction of `Db`. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export type Postgres = {
  readonly db: Db;
  /** postgres.js itself, for LISTEN, COPY and statements that Drizzle has no words for. */
  readonly sql: postgres.Sql;
  readonly close: () => Promise<void>;
};

/** Opens a pool of at most `max` connections, named `application` in pg_stat_activity. */
export function createPostgres(
  env: Pick<Env, 'DATABASE_URL'>,
  { application, max }: { application: string; max: number },
): Postgres {
  const sql = postgres(env.DATABASE_URL, {
    max,
    connect_timeout: 5,
    // The default waits up to 20 s before it tries a server that was down again.
    backoff: (failures) => Math.min(0.05 * 2 ** failures, 1),
    onnotice: () => {},
    connection: {
      application_name: application,
      // A process that is frozen in a transaction must not hold its locks for ever.
      idle_in_transaction_session_timeout: 60_000,
    },
  });
  return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) };
}
