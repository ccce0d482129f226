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
  THROTTLED: 503,
  DYNAMODB_UNAVAILABLE: 503,
  POSTGRES_UNAVAILABLE: 503,
  NOT_CONFIGURED: 503,
  UNEXPECTED: 500,
};

/** The HTTP status that tells `code` to a program. */
export function toHttpStatus(code: ErrorCode): number {
  return STATUS[code];
}
