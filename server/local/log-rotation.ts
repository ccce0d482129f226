import { copyFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A log file grows to this, and one older part of it is kept: 20 MB a process at most, and a little. */
const MAX_BYTES = 10_000_000;
const INTERVAL_MS = 5_000;

/**
 * Keeps the logs of a data directory bounded until `stop`. The processes hold their files open, in
 * append mode, so a file is copied and then emptied: what is written between the two is lost, and
 * nothing waits. Where there is no room for the copy, the older part is given up.
 */
export function keepLogsBounded(directory: string): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await rotateLogs(directory, MAX_BYTES).catch(() => {});
      await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Moves the content of each `*.log` over `maxBytes` to `*.log.old`, in place of what that held. */
export async function rotateLogs(directory: string, maxBytes: number): Promise<void> {
  const names = await readdir(directory);
  for (const name of names.filter((file) => file.endsWith('.log'))) {
    const file = join(directory, name);
    if ((await stat(file)).size > maxBytes) {
      const old = `${file}.old`;
      await copyFile(file, old).catch(() => rm(old, { recursive: true, force: true }));
      await truncate(file);
    }
  }
}
