import type { ErrorCode } from '#lib/playhead-error.ts';

/** The HTTP status of each error: the one place where codes become statuses. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  INVALID_AMOUNT: 400,
  TEXT_TOO_LONG: 400,
  ACCOUNT_NOT_FOUND: 404,
  ACCOUNT_NUMBER_TAKEN: 409,
  ACCOUNT_CLOSED: 409,
  CURRENCY_MISMATCH: 409,
  OVERDRAFT_LIMIT_EXCEEDED: 409,
  BALANCE_LIMIT_EXCEEDED: 409,
  BALANCE_NOT_ZERO: 409,
  SAME_ACCOUNT: 409,
  TIME_BEFORE_LAST_EVENT: 409,
  TIME_IN_FUTURE: 409,
  COMMAND_ID_REUSED: 409,
  CONTENTION: 503,
  TOO_MANY_EVENTS: 422,
  EVENT_TOO_LARGE: 422,
  EVENT_NOT_FOUND: 404,
  EVENT_UNREADABLE: 500,
  SEQUENCE_NOT_FOUND: 404,
  SEQUENCE_GAP: 500,
  WAIT_TIMED_OUT: 504,
  QUERY_TIMED_OUT: 504,
  TOO_MANY_SEARCHES: 429,
  VIEW_STANDS_STILL: 409,
  REBUILD_NOT_FOUND: 404,
  REBUILD_REFUSED: 409,
  REBUILD_STOPPED: 409,
  DEAD_LETTER_NOT_FOUND: 404,
  EVENT_BLOCKED: 409,
  EVENT_CONFLICT: 409,
  PROJECTION_OUTDATED: 409,
  THROTTLED: 503,
  DYNAMODB_UNAVAILABLE: 503,
  POSTGRES_UNAVAILABLE: 503,
  DATA_DIRECTORY_IN_USE: 409,
  NOT_CONFIGURED: 503,
  SCHEMA_INCOMPLETE: 503,
  MIGRATION_FAILED: 503,
  STORE_MISMATCH: 503,
  UNEXPECTED: 500,
};

/** After how many seconds it is worth asking again, where that is known. */
const RETRY_AFTER: Partial<Readonly<Record<ErrorCode, number>>> = { TOO_MANY_SEARCHES: 1 };

/** The header fields that belong to an error's answer. */
export function toErrorHeaders(code: ErrorCode): Record<string, string> {
  const seconds = RETRY_AFTER[code];
  return seconds === undefined ? {} : { 'Retry-After': `${seconds}` };
}

/** The HTTP status that tells `code` to a program. */
export function toHttpStatus(code: ErrorCode): number {
  return STATUS[code];
}
