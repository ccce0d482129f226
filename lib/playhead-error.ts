/**
 * What a command can be refused for, with the HTTP statuses: its own shape, and the rules of its domain.
 * Each domain adds its codes by `declare module` (`server/modules/bank/domain/account-rejections.ts`), so that
 * a code is checked where it is used, and this file knows no domain.
 */
export interface Rejections {
  readonly INVALID_INPUT: 400;
  readonly TEXT_TOO_LONG: 400;
}

export type RejectionCode = keyof Rejections;

/** Every way in which a request of a person or a program can fail, by literal code. */
export type ErrorCode = RejectionCode | RuntimeErrorCode;

/** What the runtime itself answers with, whatever domains there are. */
export type RuntimeErrorCode =
  // the request itself
  | 'INVALID_INPUT'
  | 'TEXT_TOO_LONG'
  // the write side
  | 'COMMAND_ID_REUSED'
  | 'VERSION_NOT_CURRENT'
  | 'CONTENTION'
  | 'TOO_MANY_EVENTS'
  | 'EVENT_TOO_LARGE'
  | 'VALUE_NOT_STORABLE'
  // people, programs and their rights
  | 'SIGN_IN_NEEDED'
  | 'SIGN_IN_REFUSED'
  | 'TOO_MANY_SIGN_INS'
  | 'CODE_INVALID'
  | 'SESSION_NOT_FOUND'
  | 'PASSWORD_TOO_WEAK'
  | 'PASSKEY_REFUSED'
  | 'PROVIDER_REFUSED'
  | 'RIGHT_MISSING'
  | 'TOKEN_MISSING'
  | 'TOKEN_INVALID'
  | 'TOKEN_NOT_FOUND'
  | 'TOKEN_NAME_TAKEN'
  | 'SCOPE_MISSING'
  | 'RATE_LIMITED'
  | 'ROUTE_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'BODY_TOO_LARGE'
  // reading
  | 'AGGREGATE_NOT_FOUND'
  | 'AGGREGATE_TYPE_UNKNOWN'
  | 'EVENT_NOT_FOUND'
  | 'COMMAND_NOT_FOUND'
  | 'LIST_NOT_FOUND'
  | 'EVENT_UNREADABLE'
  | 'SEQUENCE_GAP'
  | 'SEQUENCE_NOT_FOUND'
  | 'WAIT_TIMED_OUT'
  | 'QUERY_TIMED_OUT'
  | 'TOO_MANY_SEARCHES'
  | 'VIEW_STANDS_STILL'
  // rebuilding
  | 'REBUILD_NOT_FOUND'
  | 'REBUILD_REFUSED'
  | 'REBUILD_STOPPED'
  // operators' requests
  | 'OPERATION_NOT_FOUND'
  // webhooks
  | 'WEBHOOK_NOT_FOUND'
  | 'WEBHOOK_ROTATED_OFTEN'
  // the bus
  | 'BUS_REFUSED'
  // dead letters
  | 'DEAD_LETTER_NOT_FOUND'
  | 'EVENT_BLOCKED'
  | 'EVENT_CONFLICT'
  | 'PROJECTION_OUTDATED'
  // the archive
  | 'ARCHIVE_UNAVAILABLE'
  | 'ARCHIVE_DAMAGED'
  | 'ARCHIVE_REFUSED'
  // the engines
  | 'THROTTLED'
  | 'DYNAMODB_UNAVAILABLE'
  | 'POSTGRES_UNAVAILABLE'
  | 'NOT_CONFIGURED'
  | 'DATA_DIRECTORY_IN_USE'
  | 'SCHEMA_INCOMPLETE'
  | 'MIGRATION_FAILED'
  | 'STORE_MISMATCH'
  | 'UNEXPECTED';

/**
 * The one error type: a literal code, and a sentence that a person can act on. Transports map it
 * once (HTTP status, exit code, form message). `field` names the input that it is about.
 */
export class PlayheadError extends Error {
  override readonly name = 'PlayheadError';
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; field?: string }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options?.field;
  }

  /**
   * By name, not by class: Next bundles this module once for pages and actions and once for routes,
   * and an error of the one must be known in the other.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'PlayheadError';
  }
}

/** Whether `error` is a PlayheadError, of `code` when one is given. */
export function isPlayheadError(error: unknown, code?: ErrorCode): error is PlayheadError {
  return error instanceof PlayheadError && (code === undefined || error.code === code);
}
