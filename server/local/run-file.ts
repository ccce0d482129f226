import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
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
  await writeFile(fileOf(dataDir), JSON.stringify(run, null, 2), { mode: 0o600 });
}

/** The Playhead that runs on a data directory; undefined when none does, or is still starting. */
export async function readRunFile(dataDir: string): Promise<RunFile | undefined> {
  const holder = await getLockHolder(dataDir);
  try {
    const run = runFileSchema.parse(JSON.parse(await readFile(fileOf(dataDir), 'utf8')));
    return run.pid === holder?.pid ? run : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the file away when Playhead stops. */
export async function removeRunFile(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'run.json');
}
