import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OURS } from './reset.ts';

const OWNER_ONLY = 0o700;
const DIRECTORIES = ['dynamodb', 'logs', 'processes'];

/**
 * Lets nobody but its owner into a data directory, also one of an earlier version, which others could
 * read. A directory that holds something else as well (the setting may name somebody's home) keeps its
 * mode, and what is Playhead's in it is closed.
 */
export async function restrictDataDirectory(dataDir: string): Promise<void> {
  const entries = await readdir(dataDir);
  const isOurs = (name: string) =>
    OURS.includes(name) || name === 'processes' || name.startsWith('lock.');
  if (entries.every(isOurs)) {
    await chmod(dataDir, OWNER_ONLY);
  }
  for (const name of DIRECTORIES.filter((directory) => entries.includes(directory))) {
    await chmod(join(dataDir, name), OWNER_ONLY);
  }
}
