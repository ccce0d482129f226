const SENTENCES = {
  CONNECTION_LOST: 'The connection to PostgreSQL was lost',
  NO_FREE_CONNECTION: 'No connection to PostgreSQL became free in time',
  POOL_FULL: 'Too many wait for a connection to PostgreSQL',
  WORK_TIMED_OUT: 'The work on a connection to PostgreSQL took too long',
  POOL_CLOSED: 'The connections to PostgreSQL are closed',
} as const;

export type ConnectionErrorCode = keyof typeof SENTENCES;

/** A statement could not be sent, or its answer was not heard: whether it ran is not known. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, why?: string) {
    super(why ? `${SENTENCES[code]}: ${why}` : `${SENTENCES[code]}.`);
    this.code = code;
  }
}
