import type { Socket } from 'node:net';
import postgres from 'postgres';
import { ConnectionError } from './connection-error.ts';
import type { ConnectionTarget as Target } from './connection-target.ts';
import { openSocket } from './open-socket.ts';
import { toParameter } from './to-parameter.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const CLOSING_S = 5;
const MAX_PARAMETERS = 65_534;
/** Each text that was sent stays prepared in the session, which takes memory of the server. */
const MAX_TEXTS = 200;
const FATAL = /^(FATAL|PANIC)$/;

export type Rows = postgres.RowList<postgres.Row[]>;

export type Statement = {
  readonly text: string;
  readonly parameters?: readonly unknown[];
  /** Each row as an array of its columns' values, rather than as an object. */
  readonly asArrays?: boolean;
};

/** One connection to PostgreSQL, made by its first statement and never made again. */
export type Connection = {
  /** Sends a statement. Throws PostgreSQL's error, or a ConnectionError. */
  readonly query: (statement: Statement) => Promise<Rows>;
  /**
   * Whether PostgreSQL itself is at the other end, so that prepared statements and LISTEN outlast a
   * transaction. A pooler may give the next statement to another session.
   */
  readonly isDirect: () => Promise<boolean>;
  /** Whether it is worth keeping for more statements. */
  readonly isReusable: () => boolean;
  /** When it was lost, was given up, or has ended. */
  readonly ended: Promise<void>;
  /** Gives it up: everything asked of it fails with `reason`. */
  readonly giveUp: (reason: Error) => void;
  /** Ends it once the statement under way has its answer, after five seconds in any case. */
  readonly end: () => Promise<void>;
};

export type ConnectionConfig = {
  readonly target: Target;
  /** Its name in pg_stat_activity. */
  readonly application: string;
  /** How long a statement may take on a connection that is made; then it is given up. */
  readonly timeoutMs?: number | undefined;
};

/**
 * Values travel as text in both directions. Dates and JSON that are sent are texts already: Drizzle's
 * columns write and read them.
 */
const asItIs = (text: string) => text;
const TYPES = {
  dates: { to: 1184, from: [1082, 1083, 1114, 1184], serialize: asItIs, parse: asItIs },
  json: {
    to: 114,
    from: [114, 3802],
    serialize: asItIs,
    parse: (text: string) => JSON.parse(text),
  },
};

/**
 * What the reading of values relies on, whatever the role's, the database's or the server's settings
 * are. PgBouncer takes these at the start of a connection and keeps them, and no others.
 */
const SESSION = { DateStyle: 'ISO, MDY', TimeZone: 'UTC', standard_conforming_strings: 'on' };

/**
 * postgres.js connects a lost connection again by itself, in the middle of what was a transaction,
 * and writes to sockets that are gone. Here it gets one socket: asked for a second one, it is refused.
 */
export function createConnection(
  { target, application, timeoutMs }: ConnectionConfig,
  onNotification: (payload: string) => void = () => {},
): Connection {
  const opening = new AbortController();
  const unanswered = new Set<(error: Error) => void>();
  const texts = new Set<string>();
  let opened: Promise<Socket> | undefined;
  let isMade = false;
  let lost: Error | undefined;
  let setEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    setEnded = resolve;
  });

  const giveUp = (reason: Error) => {
    if (lost !== undefined) {
      return;
    }
    lost = reason;
    opening.abort(reason);
    opened?.then(
      (socket) => socket.destroy(),
      () => {},
    );
    for (const reject of unanswered) {
      reject(reason);
    }
    setEnded();
  };

  const open = async () => {
    const timeout = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
    const socket = await openSocket(target, AbortSignal.any([opening.signal, timeout]));
    // These come before postgres.js's own: it is asked for nothing more once its socket is gone.
    socket.once('error', (error) => giveUp(toReason(error)));
    socket.once('close', () => giveUp(new ConnectionError('CONNECTION_LOST')));
    return socket;
  };

  // Not all of these are in postgres.js's types.
  const options = {
    ...toOptions(target, application),
    onnotify: (_: string, payload: string) => onNotification(payload),
    socket: () => {
      if (opened !== undefined || lost !== undefined) {
        giveUp(new ConnectionError('CONNECTION_LOST'));
        throw lost;
      }
      opened = open();
      return opened;
    },
  };
  const sql = postgres(options);

  const send = ({ text, parameters = [], asArrays = false }: Statement, prepare: boolean) =>
    new Promise<Rows>((resolve, reject) => {
      if (lost !== undefined) {
        throw lost;
      }
      if (parameters.length > MAX_PARAMETERS) {
        throw new RangeError(`A statement has ${MAX_PARAMETERS} parameters at most.`);
      }
      const values = parameters.map(toParameter);
      const timer = startTimer(timeoutMs, isMade ? 0 : CONNECT_TIMEOUT_MS, () =>
        giveUp(new ConnectionError('CONNECTION_LOST', `no answer within ${timeoutMs} ms`)),
      );
      const settle = <Result>(then: (result: Result) => void) => {
        return (result: Result) => {
          isMade = true;
          clearTimeout(timer);
          unanswered.delete(fail);
          then(result);
        };
      };
      const fail = settle(reject);
      unanswered.add(fail);
      texts.add(text);
      const pending = sql.unsafe(text, values, { prepare });
      // postgres.js keeps an entry for ever per statement that failed, unless it finds this.
      Object.defineProperty(pending, 'origin', { value: '' });
      (asArrays ? pending.values() : pending).then(settle(resolve), (error: unknown) =>
        isOfStatement(error) ? fail(error) : giveUp(toReason(error)),
      );
    });

  let direct: Promise<boolean> | undefined;
  const isDirect = () => {
    // A pooler has told us a number of its own at the start.
    direct ??= send({ text: 'SELECT pg_backend_pid() AS pid' }, false).then(
      ({ 0: row, state }) => row?.pid === state.pid,
    );
    return direct;
  };

  return {
    query: async (statement) => send(statement, await isDirect()),
    isDirect,
    ended,
    giveUp,
    isReusable: () => lost === undefined && texts.size < MAX_TEXTS,
    end: async () => {
      if (lost === undefined) {
        await sql.end({ timeout: CLOSING_S });
        giveUp(new ConnectionError('CONNECTION_LOST', 'it was closed'));
      }
    },
  };
}

function toOptions({ host, port, user, password, database, options }: Target, application: string) {
  return {
    host,
    port,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ssl: false,
    max: 1,
    fetch_types: false,
    max_lifetime: null,
    idle_timeout: 0,
    keep_alive: null,
    backoff: false,
    connect_timeout: CONNECT_TIMEOUT_MS / 1_000,
    connection: {
      application_name: application,
      ...SESSION,
      ...(options === undefined ? {} : { options }),
    },
    types: TYPES,
    onnotice: () => {},
  };
}

function startTimer(timeoutMs: number | undefined, moreMs: number, onTimeout: () => void) {
  return timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs + moreMs);
}

/** Whether PostgreSQL refused one statement, and the connection goes on. */
function isOfStatement(error: unknown): error is Error {
  return error instanceof postgres.PostgresError && !FATAL.test(error.severity);
}

function toReason(error: unknown): Error {
  if (error instanceof postgres.PostgresError || error instanceof ConnectionError) {
    return error;
  }
  return new ConnectionError('CONNECTION_LOST', toWords(error));
}

/** An error of several attempts (IPv4 and IPv6) has a code and no message. */
function toWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof Error ? error.message || code : String(error);
}
