import { isPlayheadError } from '#lib/playhead-error.ts';

/** What a span says of an error: its code, else its class. The sentence may hold names and amounts. */
export function toErrorType(error: unknown): string {
  if (isPlayheadError(error)) {
    return error.code;
  }
  return error instanceof Error ? error.name : typeof error;
}
