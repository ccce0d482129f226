import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { z } from 'zod';
import { stopOrphans } from './child-records.ts';
import { getProcess, isRunning } from './process-table.ts';

const holderSchema = z.object({
  pid: z.number(),
  startedAt: z.string(),
  /** What the holder does with the data directory: "start", "dev", "reset", "ops". */
  purpose: z.string(),
  url: z.string().nullable(),
});

/** Who works on a data directory. */
export type LockHolder = z.infer<typeof holderSchema>;

export type LockResult =
  | {
      readonly kind: 'acquired';
      /** Names of the processes that an earlier holder had left running, and that were stopped. */
      readonly orphans: readonly string[];
      readonly release: () => Promise<void>;
    }
  | { readonly kind: 'held'; readonly holder: LockHolder };

/**
 * Takes a data directory for this process. The lock names its process, so one whose process is gone
 * (killed, or the machine lost power) counts for nothing; what it left running is stopped. The short
 * moment of looking and taking is guarded by a lock of its own.
 */
export async function acquireDataLock(
  dataDir: string,
  { purpose, url }: Pick<LockHolder, 'purpose' | 'url'>,
): Promise<LockResult> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const self = await getProcess(process.pid);
  const mine = { pid: process.pid, startedAt: self?.startedAt ?? '', purpose, url };
  const holder = await takeUnlessHeld(dataDir, mine);
  if (holder !== undefined) {
    return { kind: 'held', holder };
  }
  const orphans = await stopOrphans(dataDir);
  return { kind: 'acquired', orphans, release: () => rm(fileOf(dataDir), { force: true }) };
}

async function takeUnlessHeld(dataDir: string, mine: LockHolder): Promise<LockHolder | undefined> {
  const leave = await lockfile.lock(dataDir, {
    lockfilePath: join(dataDir, 'lock.guard'),
    stale: 5_000,
    onCompromised: () => {},
    retries: { retries: 200, factor: 1, minTimeout: 50 },
  });
  try {
    const holder = await getLockHolder(dataDir);
    if (holder === undefined) {
      await writeFile(fileOf(dataDir), JSON.stringify(mine));
    }
    return holder;
  } finally {
    await leave();
  }
}

/** The live process that holds a data directory, if one does. */
export async function getLockHolder(dataDir: string): Promise<LockHolder | undefined> {
  try {
    const holder = holderSchema.parse(JSON.parse(await readFile(fileOf(dataDir), 'utf8')));
    return (await isRunning(holder)) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'lock.json');
}
