import { PlayheadError } from '#lib/playhead-error.ts';
import { toDynamoError } from './dynamo-errors.ts';
import { toPostgresSentence } from './postgres-errors.ts';

/** What went wrong, as one sentence for people and logs, whichever database or code threw it. */
export function toErrorSentence(error: unknown): string {
  const isOfAws = error instanceof Error && '$metadata' in error;
  return isOfAws && !(error instanceof PlayheadError)
    ? `${toDynamoError(error).message} (${error.message || error.name})`
    : toPostgresSentence(error);
}
