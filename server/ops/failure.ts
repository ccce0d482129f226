import { CommanderError } from 'commander';
import { type ErrorCode, isPlayheadError } from '#lib/playhead-error.ts';
import { toDynamoError } from '#server/platform/dynamo-errors.ts';
import {
  classifyPostgresError,
  isStopped,
  toPostgresSentence,
} from '#server/platform/postgres-errors.ts';

/** The exit code of a command that was refused, failed, or found a difference. */
export const EXIT_FAILED = 1;

/** What a failed command says: on standard error as `CODE: sentence`. */
export type Failure = { readonly code: ErrorCode; readonly message: string };

/** The one mapping of errors to what the command line says; it exits with EXIT_FAILED each time. */
export function toFailure(error: unknown): Failure {
  if (isPlayheadError(error)) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof CommanderError && error.code === 'commander.help') {
    return { code: 'INVALID_INPUT', message: 'Name a command; --help lists them.' };
  }
  if (error instanceof CommanderError) {
    return { code: 'INVALID_INPUT', message: error.message.replace(/^error: /, '') };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'UNEXPECTED', message: 'Interrupted before the end.' };
  }
  if (error instanceof Error && '$metadata' in error) {
    return toFailure(toDynamoError(error));
  }
  if (isStopped(error)) {
    const message = `PostgreSQL stopped a statement (${toPostgresSentence(error)}). If its role has a statement_timeout, take it off.`;
    return { code: 'QUERY_TIMED_OUT', message };
  }
  if (classifyPostgresError(error) === 'transient') {
    const message = `PostgreSQL does not answer (${toPostgresSentence(error)}). Check that it is running, then try again.`;
    return { code: 'POSTGRES_UNAVAILABLE', message };
  }
  return { code: 'UNEXPECTED', message: toPostgresSentence(error) };
}
