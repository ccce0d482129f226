import { PlayheadError } from '#lib/playhead-error.ts';
import { toDynamoError } from '#server/runtime/platform/dynamo-errors.ts';
import {
  classifyPostgresError,
  isDiskFull,
  isPoolFull,
  isRefusedCharacter,
  isStopped,
} from '#server/runtime/platform/postgres-errors.ts';

/**
 * The PlayheadError for whatever a request ran into: its own, one of an engine that does not
 * answer or refuses a character, or UNEXPECTED with a sentence that gives nothing of the inside away (see
 * its `cause`).
 */
export function toWebError(error: unknown): PlayheadError {
  if (error instanceof PlayheadError) {
    return error;
  }
  if (isAwsError(error)) {
    return toDynamoError(error);
  }
  if (isPoolFull(error)) {
    const sentence = 'Too many searches are under way at once. Try again in a moment.';
    return new PlayheadError('TOO_MANY_SEARCHES', sentence, { cause: error });
  }
  if (isStopped(error)) {
    const sentence =
      'This took too long and was stopped. Ask for less: more letters in a search, or a narrower filter.';
    return new PlayheadError('QUERY_TIMED_OUT', sentence, { cause: error });
  }
  if (isRefusedCharacter(error)) {
    const sentence =
      'A text of the request has a NUL character, which no text here has. Send it without.';
    return new PlayheadError('INVALID_INPUT', sentence, { cause: error });
  }
  if (classifyPostgresError(error) === 'transient') {
    const sentence = isDiskFull(error)
      ? 'PostgreSQL has no room left on its disk. Free some, then try again.'
      : 'PostgreSQL does not answer. Check that it is running, then try again.';
    return new PlayheadError('POSTGRES_UNAVAILABLE', sentence, { cause: error });
  }
  return new PlayheadError(
    'UNEXPECTED',
    'Something unexpected went wrong. Try again; the log of the web server says what it was.',
    { cause: error },
  );
}

function isAwsError(error: unknown): boolean {
  return (
    error instanceof Error && ('$metadata' in error || error.name === 'CredentialsProviderError')
  );
}
