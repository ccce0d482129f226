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

/** Codes of postgres.js and of Node's sockets. */
const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
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

/**
 * Sorts an error of a statement: lost connections, deadlocks and shutdowns are transient; what
 * PostgreSQL refuses for its content, and every error that is not PostgreSQL's, is permanent.
 */
export function classifyPostgresError(error: unknown): PostgresFailure {
  const code = codeOf(rootOf(error));
  const isTransient =
    CONNECTION_CODES.has(code) ||
    (SQLSTATE.test(code) && TRANSIENT_STATES.some((state) => code.startsWith(state)));
  return isTransient ? 'transient' : 'permanent';
}

/**
 * What went wrong in PostgreSQL's own words. Drizzle's message is not for people or logs: it holds
 * the statement with all its parameters.
 */
export function toPostgresSentence(error: unknown): string {
  const root = rootOf(error);
  if (!(root instanceof Error)) {
    return String(root);
  }
  const hasDetail = 'detail' in root && typeof root.detail === 'string';
  const detail = hasDetail && !SHOWS_ROW.has(codeOf(root)) ? ` (${root.detail})` : '';
  return `${root.message || codeOf(root) || root.name}${detail}`;
}

/** PostgreSQL's error under Drizzle's; a PlayheadError stays what it is. */
function rootOf(error: unknown): unknown {
  const isWrapper = error instanceof Error && codeOf(error) === '' && error.cause !== undefined;
  return isWrapper ? rootOf(error.cause) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
