import type { ErrorCode, RuntimeErrorCode } from '#lib/playhead-error.ts';
import { MODULES } from '#server/modules/index.ts';

/** The HTTP status of each of the runtime's errors; domains declare those of their own. */
const STATUS: Readonly<Record<RuntimeErrorCode, number>> = {
  INVALID_INPUT: 400,
  TEXT_TOO_LONG: 400,
  COMMAND_ID_REUSED: 409,
  VERSION_NOT_CURRENT: 412,
  CONTENTION: 503,
  TOO_MANY_EVENTS: 422,
  EVENT_TOO_LARGE: 422,
  VALUE_NOT_STORABLE: 422,
  SIGN_IN_NEEDED: 401,
  SIGN_IN_REFUSED: 403,
  TOO_MANY_SIGN_INS: 429,
  CODE_INVALID: 403,
  SESSION_NOT_FOUND: 404,
  PASSWORD_TOO_WEAK: 400,
  PASSKEY_REFUSED: 403,
  PROVIDER_REFUSED: 403,
  RIGHT_MISSING: 403,
  TOKEN_MISSING: 401,
  TOKEN_INVALID: 401,
  TOKEN_NOT_FOUND: 404,
  TOKEN_NAME_TAKEN: 409,
  SCOPE_MISSING: 403,
  RATE_LIMITED: 429,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  AGGREGATE_NOT_FOUND: 404,
  AGGREGATE_TYPE_UNKNOWN: 404,
  EVENT_NOT_FOUND: 404,
  COMMAND_NOT_FOUND: 404,
  LIST_NOT_FOUND: 404,
  EVENT_UNREADABLE: 500,
  SEQUENCE_NOT_FOUND: 404,
  SEQUENCE_GAP: 500,
  WAIT_TIMED_OUT: 504,
  QUERY_TIMED_OUT: 504,
  TOO_MANY_SEARCHES: 429,
  VIEW_STANDS_STILL: 409,
  REBUILD_NOT_FOUND: 404,
  OPERATION_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  WEBHOOK_ROTATED_OFTEN: 409,
  BUS_REFUSED: 503,
  REBUILD_REFUSED: 409,
  REBUILD_STOPPED: 409,
  DEAD_LETTER_NOT_FOUND: 404,
  EVENT_BLOCKED: 409,
  EVENT_CONFLICT: 409,
  PROJECTION_OUTDATED: 409,
  ARCHIVE_UNAVAILABLE: 503,
  ARCHIVE_DAMAGED: 500,
  ARCHIVE_REFUSED: 409,
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

const STATUSES: Readonly<Record<string, number>> = {
  ...STATUS,
  ...Object.assign({}, ...MODULES.map(({ rejections }) => rejections)),
};

/** After how many seconds it is worth asking again, where that is known. */
const RETRY_AFTER: Partial<Readonly<Record<ErrorCode, number>>> = { TOO_MANY_SEARCHES: 1 };

/** The header fields that belong to an error's answer. */
export function toErrorHeaders(code: ErrorCode): Record<string, string> {
  const seconds = RETRY_AFTER[code];
  return {
    ...(seconds === undefined ? {} : { 'Retry-After': `${seconds}` }),
    ...(toHttpStatus(code) === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  };
}

/** The HTTP status that tells `code` to a program. */
export function toHttpStatus(code: ErrorCode): number {
  return STATUSES[code] ?? STATUS.UNEXPECTED;
}
