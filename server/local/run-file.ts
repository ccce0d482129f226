import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { getLockHolder } from './data-lock.ts';

const runFileSchema = z.object({
  pid: z.number(),
  url: z.string(),
  workerMetricsUrl: z.string(),
  /** Null on AWS. */
  dynamodbEndpoint: z.string().nullable(),
  databaseUrl: z.string(),
  startedAt: z.string(),
});

/** Where a running Playhead is to be found; it holds a password, so its owner alone can read it. */
export type RunFile = z.infer<typeof runFileSchema>;

/** Makes a running Playhead known to the command line. */
export async function writeRunFile(dataDir: string, run: RunFile): Promise<void> {
  const unfinished = `${fileOf(dataDir)}.unfinished`;
  await writeFile(unfinished, JSON.stringify(run, null, 2), { mode: 0o600 });
  await rename(unfinished, fileOf(dataDir));
}

/**
 * The Playhead that runs on a data directory; undefined when none does, or is still starting. Throws
 * NOT_CONFIGURED when one runs and its file, or the lock, cannot be read.
 */
export async function readRunFile(dataDir: string): Promise<RunFile | undefined> {
  const holder = await getLockHolder(dataDir);
  if (holder === undefined) {
    return undefined;
  }
  const file = fileOf(dataDir);
  try {
    const run = runFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    return run.pid === holder.pid ? run : undefined;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      return undefined;
    }
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `${file} cannot be read, although a Playhead runs on this directory (pid ${holder.pid}). ` +
        'Stop it and start it again.',
      { cause },
    );
  }
}

/** Takes the file away when Playhead stops. */
export async function removeRunFile(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'run.json');
}
