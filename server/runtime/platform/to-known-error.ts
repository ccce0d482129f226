import { PlayheadError } from '#lib/playhead-error.ts';
import { toDynamoError } from './dynamo-errors.ts';
import { classifyPostgresError, isStopped, toPostgresSentence } from './postgres-errors.ts';

/**
 * The PlayheadError for whatever a program at a terminal ran into: its own, one of an engine that does
 * not answer or stopped a statement, or UNEXPECTED with the error's own words.
 */
export function toKnownError(error: unknown): PlayheadError {
  if (error instanceof PlayheadError) {
    return error;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return new PlayheadError('UNEXPECTED', 'Interrupted before the end.', { cause: error });
  }
  if (error instanceof Error && '$metadata' in error) {
    return toDynamoError(error);
  }
  const sentence = toPostgresSentence(error);
  if (isStopped(error)) {
    const message = `PostgreSQL stopped a statement (${sentence}). If its role has a statement_timeout, take it off.`;
    return new PlayheadError('QUERY_TIMED_OUT', message, { cause: error });
  }
  if (classifyPostgresError(error) === 'transient') {
    const message = `PostgreSQL does not answer (${sentence}). Check that it is running, then try again.`;
    return new PlayheadError('POSTGRES_UNAVAILABLE', message, { cause: error });
  }
  return new PlayheadError('UNEXPECTED', sentence, { cause: error });
}
