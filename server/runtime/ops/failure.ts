import { CommanderError } from 'commander';
import type { ErrorCode } from '#lib/playhead-error.ts';
import { toKnownError } from '#server/runtime/platform/to-known-error.ts';

/** The exit code of a command that was refused, failed, or found a difference. */
export const EXIT_FAILED = 1;

/** What a failed command says: on standard error as `CODE: sentence`. */
export type Failure = { readonly code: ErrorCode; readonly message: string };

/** The one mapping of errors to what the command line says; it exits with EXIT_FAILED each time. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CommanderError && error.code === 'commander.help') {
    return { code: 'INVALID_INPUT', message: 'Name a command; --help lists them.' };
  }
  if (error instanceof CommanderError) {
    return { code: 'INVALID_INPUT', message: error.message.replace(/^error: /, '') };
  }
  const { code, message } = toKnownError(error);
  return { code, message };
}
