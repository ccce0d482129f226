import { setTimeout as sleep } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Env } from './env.ts';
import { keepListening, type Listener } from './keep-listening.ts';
import { isConnectionLost } from './postgres-errors.ts';

/** A Drizzle database; `$client` is the pool of connections. */
export type Db = NodePgDatabase & { readonly $client: pg.Pool };

/** What runs inside one transaction of `Db`: one statement at a time, for it is one connection. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export type Postgres = {
  readonly db: Db;
  /** Listens to a channel until `close`, over a connection of its own (see `keepListening`). */
  readonly listen: (channel: string, listener: Listener) => void;
  /** Lets what is under way finish, for five seconds at most. */
  readonly close: () => Promise<void>;
};

const CLOSING_MS = 5_000;

/**
 * Opens a pool of at most `max` connections, named `application` in pg_stat_activity. A statement that
 * has no answer within `patienceMs` fails as on a lost connection, and its connection is given up: a
 * server that vanished says nothing, and TCP waits a quarter of an hour for it.
 */
export function createPostgres(
  env: Pick<Env, 'DATABASE_URL'>,
  { application, max, patienceMs }: { application: string; max: number; patienceMs?: number },
): Postgres {
  const pool = new pg.Pool({
    connectionString: env.DATABASE_URL,
    application_name: application,
    max,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(patienceMs === undefined ? {} : { query_timeout: patienceMs }),
    // A process that is frozen in a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
  });
  // A connection that is lost fails the statements on it; without a listener it would end the
  // process as well, be it idle (the pool's event) or in use (the connection's own).
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const listening: (() => Promise<void>)[] = [];
  return {
    db: Object.assign(drizzle(pool), { transaction: transactionsOn(pool) }),
    listen: (channel, listener) => listening.push(keepListening(pool.options, channel, listener)),
    close: async () => {
      const ended = Promise.all([pool.end(), ...listening.map((stop) => stop())]);
      await Promise.race([ended, sleep(CLOSING_MS, undefined, { ref: false })]);
    },
  };
}

/**
 * Drizzle's own (0.45) never gives a connection back on which BEGIN has failed: after some of them
 * the pool is empty for ever. One on which an answer is still awaited is of no more use to anybody.
 */
function transactionsOn(pool: pg.Pool): Db['transaction'] {
  return async (work, config) => {
    const client = await pool.connect();
    let isLost = false;
    try {
      return await drizzle(client).transaction(work, config);
    } catch (error) {
      isLost = isConnectionLost(error);
      throw error;
    } finally {
      client.release(isLost);
    }
  };
}
