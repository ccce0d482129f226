import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
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
 * moment of looking and taking is guarded by a lock of its own. Throws NOT_CONFIGURED where nobody can
 * tell whether the directory is held: a lock that cannot be read, or a process that cannot be seen.
 */
export async function acquireDataLock(
  dataDir: string,
  { purpose, url }: Pick<LockHolder, 'purpose' | 'url'>,
): Promise<LockResult> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const self = await getProcess(process.pid);
  if (self === undefined) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      'Playhead cannot see the processes of this machine, and so not whether another one works on ' +
        `${dataDir}. Make /proc readable, or install ps.`,
    );
  }
  const mine = { pid: process.pid, startedAt: self.startedAt, purpose, url };
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
      await writeLock(fileOf(dataDir), mine);
    }
    return holder;
  } finally {
    await leave();
  }
}

/** Puts a lock in the place of a dead one: whole, on the disk, and never over another live one. */
async function writeLock(file: string, mine: LockHolder): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  try {
    const handle = await open(unfinished, 'w', 0o600);
    await handle.writeFile(JSON.stringify(mine));
    await handle.sync().finally(() => handle.close());
    await rm(file, { force: true });
    await link(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * The live process that holds a data directory, if one does. Throws NOT_CONFIGURED for a lock that
 * cannot be read: whoever wrote it may be at work.
 */
export async function getLockHolder(dataDir: string): Promise<LockHolder | undefined> {
  const file = fileOf(dataDir);
  let holder: LockHolder;
  try {
    holder = holderSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      return undefined;
    }
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `The lock ${file} cannot be read, so a Playhead may be running on this directory. Make sure ` +
        'that none is, then remove that file.',
      { cause },
    );
  }
  return (await isRunning(holder)) || isHidden(holder.pid) ? holder : undefined;
}

/** Another user's process, which this one may not look at. */
function isHidden(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'lock.json');
}
