import { stat } from 'node:fs/promises';
import { PlayheadError } from '#lib/playhead-error.ts';

/** Throws INVALID_INPUT for a path that is no file that can be read. */
export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new PlayheadError('INVALID_INPUT', `The file ${path} cannot be read.`, { cause });
  });
  if (!found.isFile()) {
    throw new PlayheadError('INVALID_INPUT', `${path} is not a file.`);
  }
}
