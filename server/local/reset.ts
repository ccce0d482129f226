import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '#server/runtime/platform/report.ts';

/** Everything that Playhead keeps in a data directory, but for the lock that is held meanwhile. */
export const OURS: readonly string[] = [
  'archive',
  'demo-bank.json',
  'dynamodb',
  'logs',
  'postgres',
  'postgres.unfinished',
  'postgres.unfinished-password',
  'postgres-password',
  'run.json',
];

/**
 * Empties a data directory, for the holder of its lock. Only what Playhead put there goes: the
 * directory is a setting, and it may have been set to somebody's home.
 */
export async function reset(dataDir: string, report: Report): Promise<void> {
  for (const name of OURS) {
    await rm(join(dataDir, name), { recursive: true, force: true });
  }
  const others = (await readdir(dataDir)).filter((name) => !name.startsWith('lock.'));
  report(`Emptied ${dataDir}`);
  if (others.length > 0) {
    report(`Left alone, not Playhead's: ${others.join(', ')}`);
  }
}

/** Takes the directory itself away when nothing is left in it. */
export async function removeIfEmpty(dataDir: string): Promise<void> {
  await rmdir(dataDir).catch(() => {});
}
