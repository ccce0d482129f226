import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { getProcess, type RunningProcess } from './process-table.ts';

/**
 * The processes that have `mark` ("NAME=value") in the environment that they were started with, once
 * they have had `timeoutMs` to end. Linux only; elsewhere it finds none.
 */
export async function findMarkedProcesses(
  mark: string,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<RunningProcess[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await findNow(mark);
    if (found.length === 0 || performance.now() >= deadline) {
      return found;
    }
    await delay(100);
  }
}

async function findNow(mark: string): Promise<RunningProcess[]> {
  const names = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (pid) => {
        const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
        return environment.split('\0').includes(mark) ? getProcess(Number(pid)) : undefined;
      }),
  );
  return found.filter((process) => process !== undefined);
}
