import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopOrphans } from './child-records.ts';
import { getProcess } from './process-table.ts';

/** A new temporary data directory of this process, whose id is part of the name. */
export async function createRunDirectory(prefix: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
}

/**
 * A run that was killed could not stop its engines: this stops them, and answers the directories of
 * all runs under `prefix` whose process is gone.
 */
export async function stopAbandonedRuns(prefix: string): Promise<string[]> {
  const abandoned: string[] = [];
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (pid > 0 && (await getProcess(pid)) === undefined) {
      await stopOrphans(join(tmpdir(), name));
      abandoned.push(join(tmpdir(), name));
    }
  }
  return abandoned;
}
