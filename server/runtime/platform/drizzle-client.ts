import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import type { Connection, Rows, Statement } from './connection.ts';
import type { ConnectionPool } from './connection-pool.ts';

/** What holds during a transaction: PostgreSQL's names of settings, and their values. */
export type Settings = Readonly<Record<string, string | number>>;

export type DrizzleOptions = {
  /**
   * Set at the beginning of each transaction, and for no longer: a pooler that gives out its
   * connections by transaction takes these, and neither a session's settings nor a start's.
   */
  readonly settings: Settings;
  /** Whether a statement outside of a transaction gets one of its own, for the settings' sake. */
  readonly isEachInTransaction: boolean;
  /** Gives up the connection of what is under way when it is aborted. */
  readonly signal?: AbortSignal;
};

/** A role may have another isolation level, or read-only transactions, by default. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE';

type Send = (statement: Statement) => Promise<Rows>;
/** Drizzle's work within a transaction, on a client of which it knows to be one. */
type Work = (client: Sql) => Promise<unknown>;

/** A Drizzle database whose statements and transactions run on a pool's connections. */
export function createDrizzle(pool: ConnectionPool, options: DrizzleOptions): PostgresJsDatabase {
  const { settings, isEachInTransaction, signal } = options;
  const begin = <Result>(work: (send: Send) => Promise<Result>) =>
    pool.use((connection) => runTransaction(connection, settings, work), signal);
  const send: Send = (statement) =>
    isEachInTransaction
      ? begin((sendInside) => sendInside(statement))
      : pool.use((connection) => connection.query(statement), signal);
  return drizzle(
    toSql({
      unsafe: sendLater(send),
      begin: (work: Work) => begin((sendInside) => work(toClient(sendInside))),
    }),
  );
}

async function runTransaction<Result>(
  connection: Connection,
  settings: Settings,
  work: (send: Send) => Promise<Result>,
): Promise<Result> {
  let isOver = false;
  const send: Send = async (statement) => {
    if (isOver) {
      throw new Error('A statement came after the end of its transaction.');
    }
    return connection.query(statement);
  };
  await connection.query({ text: [BEGIN, ...toStatements(settings)].join('; ') });
  try {
    const result = await work(send);
    isOver = true;
    const { command } = await connection.query({ text: 'COMMIT' });
    if (command !== 'COMMIT') {
      throw new Error('The transaction was rolled back: one of its statements had failed.');
    }
    return result;
  } catch (error) {
    isOver = true;
    await connection.query({ text: 'ROLLBACK' }).catch(connection.giveUp);
    throw error;
  }
}

function toStatements(settings: Settings): string[] {
  return Object.entries(settings).map(
    ([name, value]) => `SET LOCAL ${name} = '${String(value).replaceAll("'", "''")}'`,
  );
}

/** A client within a transaction. PostgreSQL's savepoints may all have one name: the newest counts. */
function toClient(send: Send): Sql {
  const savepoint = async (work: Work) => {
    await send({ text: 'SAVEPOINT playhead' });
    try {
      const result = await work(toClient(send));
      await send({ text: 'RELEASE SAVEPOINT playhead' });
      return result;
    } catch (error) {
      await send({ text: 'ROLLBACK TO SAVEPOINT playhead' });
      throw error;
    }
  };
  return toSql({ unsafe: sendLater(send), savepoint });
}

/** postgres.js's `unsafe`: Drizzle says in the same breath, by `values`, how it wants the rows. */
function sendLater(send: Send) {
  return (text: string, parameters: readonly unknown[] = []) => {
    let asArrays = false;
    const rows = Promise.resolve().then(() => send({ text, parameters, asArrays }));
    const values = () => {
      asArrays = true;
      return rows;
    };
    return Object.assign(rows, { values });
  };
}

/** The part of postgres.js's client that Drizzle uses (0.45): this, `unsafe`, `begin`, `savepoint`. */
function toSql(client: object): Sql {
  return Object.assign(client, { options: { parsers: {}, serializers: {} } }) as unknown as Sql;
}
