/** Whether trying the same again can help. */
export type PostgresFailure = 'transient' | 'permanent';

/** SQLSTATEs, and beginnings of them, that pass by themselves. */
const TRANSIENT_STATES = [
  '08', // connection
  '53', // out of connections, memory or disk
  '58', // input and output
  '25006', // read-only: the other half of a failover
  '25P03', // idle in a transaction for too long
  '40', // deadlock, serialization
  '55P03', // lock not available
  '57', // shut down, starting up, cancelled
];

/** Codes of our own (ConnectionError), and of Node's sockets. */
const CONNECTION_CODES = new Set([
  'CONNECTION_LOST',
  'NO_FREE_CONNECTION',
  'POOL_FULL',
  'WORK_TIMED_OUT',
  'POOL_CLOSED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The detail of these is the whole row, with its amounts: not for logs. */
const SHOWS_ROW = new Set(['23502', '23514']);

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Classes of SQLSTATEs with which PostgreSQL refuses a statement for the values in it. */
const REFUSED_CONTENT = [
  '21', // a row twice in one statement
  '22', // values out of their type's range
  '23', // constraints
  '44', // a view's check
  '54', // too large for an index or a row
  'P0', // raised by a trigger
];

/**
 * Sorts an error of a statement: lost connections, deadlocks and shutdowns are transient; what
 * PostgreSQL refuses for its content, and every error that is not PostgreSQL's, is permanent.
 */
export function classifyPostgresError(error: unknown): PostgresFailure {
  const root = rootCause(error);
  const code = codeOf(root);
  const isTransient =
    isConnectionLost(root) ||
    (SQLSTATE.test(code) && TRANSIENT_STATES.some((state) => code.startsWith(state)));
  return isTransient ? 'transient' : 'permanent';
}

/** Whether the connection was lost, or could not be made, rather than a statement refused. */
export function isConnectionLost(error: unknown): boolean {
  return CONNECTION_CODES.has(codeOf(rootCause(error)));
}

/** What PostgreSQL's answer to a statement says about who is to blame. */
export type PostgresBlame = 'content' | 'circumstances';

/**
 * Whether PostgreSQL refused a statement for the values in it, which no repetition changes, or for
 * circumstances that pass or that somebody must mend for all: a lost connection, a deadlock, a
 * missing table or permission. Undefined when `error` is not PostgreSQL's at all.
 */
export function blamePostgresError(error: unknown): PostgresBlame | undefined {
  const root = rootCause(error);
  const code = codeOf(root);
  if (isConnectionLost(root)) {
    return 'circumstances';
  }
  if (!SQLSTATE.test(code)) {
    return undefined;
  }
  return REFUSED_CONTENT.some((state) => code.startsWith(state)) ? 'content' : 'circumstances';
}

/** Whether PostgreSQL could not write for want of room. */
export function isDiskFull(error: unknown): boolean {
  return codeOf(rootCause(error)) === '53100';
}

/** Whether PostgreSQL refused the role, its password, or has no such database. */
export function isRefusedLogin(error: unknown): boolean {
  const code = codeOf(rootCause(error));
  return code.startsWith('28') || code === '3D000';
}

/** Whether PostgreSQL refused a value as such: out of its type's range, or too large. */
export function isRefusedValue(error: unknown): boolean {
  const code = codeOf(rootCause(error));
  return SQLSTATE.test(code) && (code.startsWith('22') || code.startsWith('54'));
}

/** Whether a text had a character that no text of PostgreSQL's holds: NUL, in texts and in JSON. */
export function isRefusedCharacter(error: unknown): boolean {
  return ['22021', '22P05'].includes(codeOf(rootCause(error)));
}

/**
 * Whether PostgreSQL stopped a statement for the time that it took (`statement_timeout`) or at
 * somebody's request, or a pool of connections did. Whoever reads asks for less; a worker, whose work
 * must be done, tries again, for it counts as transient.
 */
export function isStopped(error: unknown): boolean {
  const code = codeOf(rootCause(error));
  return code === '57014' || code === 'WORK_TIMED_OUT';
}

/** Whether more was asked of a pool with limits than it takes on. */
export function isPoolFull(error: unknown): boolean {
  return codeOf(rootCause(error)) === 'POOL_FULL';
}

/** Whether a lock could not be had within `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(rootCause(error)) === '55P03';
}

/**
 * What went wrong in PostgreSQL's own words. Drizzle's message is not for people or logs: it holds
 * the statement with all its parameters.
 */
export function toPostgresSentence(error: unknown): string {
  const root = rootCause(error);
  if (!(root instanceof Error)) {
    return String(root);
  }
  const hasDetail = 'detail' in root && typeof root.detail === 'string';
  const detail = hasDetail && !SHOWS_ROW.has(codeOf(root)) ? ` (${root.detail})` : '';
  return `${root.message || codeOf(root) || root.name}${detail}`;
}

/** PostgreSQL's error under Drizzle's (see `toPostgresSentence`); a PlayheadError stays what it is. */
export function rootCause(error: unknown): unknown {
  const isWrapper = error instanceof Error && codeOf(error) === '' && error.cause !== undefined;
  return isWrapper ? rootCause(error.cause) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
