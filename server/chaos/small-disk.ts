import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Enough for an hour of load; it is memory, and the fault fills all of it. */
const SIZE = '1g';

const FILLER = 'filler';
const CHUNK = Buffer.alloc(1_048_576);
const LAST_BYTES = 4_096;
const AGAIN_MS = 20;

/**
 * Mounts a small file system of its own at `directory`, which it makes, so that it can be full
 * without anybody else's disk being it. False where that is not possible: it takes Linux and root.
 */
export async function mountSmallDisk(directory: string): Promise<boolean> {
  await mkdir(directory);
  try {
    await run('mount', [
      '-t',
      'tmpfs',
      '-o',
      `size=${SIZE},mode=0755`,
      'playhead-chaos',
      directory,
    ]);
    return true;
  } catch {
    return false;
  }
}

/** Takes a small disk away, with all that is on it; nothing where there is none. */
export async function unmountSmallDisk(directory: string): Promise<void> {
  await run('umount', [directory]).catch(() => {});
}

/** Copies a directory with the owners of its files, of which some are PostgreSQL's user. */
export async function copyWithOwners(from: string, to: string): Promise<void> {
  await run('cp', ['-a', from, to]);
}

/** Leaves no byte free on a small disk for so long, whatever others give back meanwhile. */
export async function fillDisk(directory: string, forMs: number): Promise<void> {
  const path = join(directory, FILLER);
  const file = await open(path, 'w');
  const until = performance.now() + forMs;
  try {
    do {
      await fill(file);
      await sleep(AGAIN_MS);
    } while (performance.now() < until);
  } finally {
    await file.close();
    await rm(path);
  }
}

async function fill(file: Awaited<ReturnType<typeof open>>): Promise<void> {
  for (let bytes = CHUNK.length; bytes >= LAST_BYTES; ) {
    try {
      await file.write(CHUNK, 0, bytes);
    } catch (error) {
      if (!isFull(error)) {
        throw error;
      }
      bytes = Math.floor(bytes / 2);
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}
