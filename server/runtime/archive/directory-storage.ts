import { access, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { ArchiveStorage } from './archive-storage.ts';

/** An archive in a directory, readable by its owner only: for one machine, and where there is no S3. */
export function createDirectoryStorage(url: string): ArchiveStorage {
  const root = fileURLToPath(url);
  return {
    location: url,
    put: (key, body) =>
      naming(url, async () => {
        const path = join(root, key);
        if (await isThere(path)) {
          return;
        }
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        // A write that is cut off leaves no object that looks whole.
        const unfinished = `${path}.${process.pid}.unfinished`;
        await writeFile(unfinished, body, { mode: 0o600, flush: true });
        await rename(unfinished, path);
      }),
    get: (key) => naming(url, () => orUndefined(readFile(join(root, key)))),
    list: (folder) =>
      naming(url, async () => {
        const directory = join(root, folder);
        const entries = await orUndefined(
          readdir(directory, { recursive: true, withFileTypes: true }),
        );
        return (entries ?? [])
          .filter((entry) => entry.isFile() && !entry.name.endsWith('.unfinished'))
          .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\/+/, ''))
          .sort();
      }),
  };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Undefined for a file or a directory that is not there. */
async function orUndefined<Value>(read: Promise<Value>): Promise<Value | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function naming<Value>(url: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new PlayheadError('ARCHIVE_UNAVAILABLE', `The archive ${url}: ${problem}.`, { cause });
  }
}
