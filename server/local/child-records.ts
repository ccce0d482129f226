import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { getProcess, isRunning } from './process-table.ts';

const recordSchema = z.object({ name: z.string(), pid: z.number(), startedAt: z.string() });
export type ChildRecord = z.infer<typeof recordSchema>;

const directory = (dataDir: string) => join(dataDir, 'processes');
const fileOf = (dataDir: string, name: string, pid: number) =>
  join(directory(dataDir), `${name}-${pid}.json`);

/** Keeps in the data directory that it owns this process; whole, or not at all. */
export async function recordChild(dataDir: string, name: string, pid: number): Promise<void> {
  const found = await getProcess(pid);
  if (found !== undefined) {
    const record: ChildRecord = { name, pid, startedAt: found.startedAt };
    await mkdir(directory(dataDir), { recursive: true, mode: 0o700 });
    const unfinished = `${fileOf(dataDir, name, pid)}.unfinished`;
    try {
      await writeFile(unfinished, JSON.stringify(record), { mode: 0o600 });
      await rename(unfinished, fileOf(dataDir, name, pid));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }
}

/** Takes the record of a process that has ended away. */
export async function forgetChild(dataDir: string, name: string, pid: number): Promise<void> {
  await rm(fileOf(dataDir, name, pid), { force: true });
}

/** The processes of a data directory that run at this moment. */
export async function getRunningChildren(dataDir: string): Promise<ChildRecord[]> {
  const files = await readdir(directory(dataDir)).catch(() => []);
  const running: ChildRecord[] = [];
  for (const file of files) {
    const path = join(directory(dataDir), file);
    const record = await readRecord(path);
    if (record !== undefined && (await isRunning(record))) {
      running.push(record);
    } else {
      await rm(path, { force: true });
    }
  }
  return running;
}

/**
 * Ends what a launcher that was killed left running, and returns the names. PostgreSQL is asked by
 * SIGINT (its "fast" shutdown), the others by SIGTERM; what is still there after ten seconds is
 * killed. Only for the holder of the data directory's lock.
 */
export async function stopOrphans(dataDir: string): Promise<string[]> {
  const orphans = await getRunningChildren(dataDir);
  await Promise.all(orphans.map(stopOrphan));
  await rm(directory(dataDir), { recursive: true, force: true });
  return orphans.map(({ name }) => name);
}

async function stopOrphan(record: ChildRecord): Promise<void> {
  kill(record.pid, record.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  for (let waited = 0; waited < 15_000 && (await isRunning(record)); waited += 50) {
    if (waited === 10_000) {
      kill(-record.pid, 'SIGKILL');
    }
    await delay(50);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

async function readRecord(path: string): Promise<ChildRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
