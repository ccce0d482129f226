import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { createConnection } from './connection.ts';
import { createConnectionPool, type PoolLimits } from './connection-pool.ts';
import { toConnectionTarget } from './connection-target.ts';
import { createDrizzle, type Settings } from './drizzle-client.ts';
import type { Env } from './env.ts';
import { keepListening, type Listener } from './keep-listening.ts';

/** A Drizzle database over a pool of postgres.js's connections. */
export type Db = PostgresJsDatabase;

/**
 * What runs inside one transaction of `Db`. It is one connection: statements that are sent together
 * are carried out one after another, in their order, and each sees what is committed when it begins.
 */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export type Postgres = {
  readonly db: Db;
  /**
   * The same database, for work that nobody waits for once `signal` is aborted: it fails with the
   * signal's reason, and its connection is given up.
   */
  readonly abortable: (signal: AbortSignal) => Db;
  /** Listens to a channel until `close`, over a connection of its own (see `keepListening`). */
  readonly listen: (channel: string, listener: Listener) => void;
  /** Lets what is under way finish, for five seconds at most. */
  readonly close: () => Promise<void>;
};

export type PostgresOptions = {
  /** The connections' name in pg_stat_activity. */
  readonly application: string;
  /** How many connections there are at most, without the one that listens. */
  readonly max: number;
  /**
   * A statement without an answer for so long fails as on a lost connection, and its connection is
   * given up: a server that vanished says nothing, and TCP waits a quarter of an hour for it.
   */
  readonly timeoutMs?: number;
  /**
   * PostgreSQL's settings for every statement, `statement_timeout` for one; each that is in no
   * transaction then gets one of its own. With `client_connection_check_interval`, PostgreSQL ends
   * a statement whose connection was given up.
   */
  readonly settings?: Settings;
  /** Keeps work of which there may be too much within bounds. */
  readonly limits?: PoolLimits;
};

const EVERY_TRANSACTION: Settings = {
  // A process that is frozen in a transaction must not hold its locks for ever.
  idle_in_transaction_session_timeout: 60_000,
  // A role may have others: numbers must come whole, and lengths of time as they are read here.
  extra_float_digits: 1,
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
};

/** Opens a pool of connections, each made when it is first needed. */
export function createPostgres(
  env: Pick<Env, 'DATABASE_URL'>,
  { application, max, timeoutMs, settings, limits }: PostgresOptions,
): Postgres {
  const config = {
    target: toConnectionTarget(env.DATABASE_URL),
    application,
    timeoutMs,
  };
  const pool = createConnectionPool(() => createConnection(config), max, limits);
  const options = {
    settings: { ...EVERY_TRANSACTION, ...settings },
    isEachInTransaction: settings !== undefined,
  };
  const listening: (() => Promise<void>)[] = [];
  return {
    db: createDrizzle(pool, options),
    abortable: (signal) => createDrizzle(pool, { ...options, signal }),
    listen: (channel, listener) => listening.push(keepListening(config, channel, listener)),
    close: async () => {
      await Promise.all([pool.close(), ...listening.map((stop) => stop())]);
    },
  };
}
