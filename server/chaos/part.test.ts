import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { ChildExit } from '#server/local/child.ts';
import { getProcess } from '#server/local/process-table.ts';
import { type Part, startPart } from './part.ts';

const PATIENT = { timeout: 10_000, interval: 20 };
const started: number[] = [];
const parts: Part[] = [];

afterEach(async () => {
  await Promise.all(parts.splice(0).map((part) => part.stop()));
  for (const pid of started.splice(0)) {
    expect(await getProcess(pid)).toBeUndefined();
  }
});

async function startIdler() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)'], {
    stdio: 'ignore',
  });
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  started.push(pid);
  return {
    pid,
    exited,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function start(begin = startIdler) {
  const troubles: string[] = [];
  const part = await startPart('the idler', begin, (sentence) => troubles.push(sentence));
  parts.push(part);
  return { part, troubles };
}

it('ends a process and starts it again, which is no trouble', async () => {
  const { part, troubles } = await start();
  const first = part.pid();
  await part.end('SIGKILL', 10);
  expect(part.pid()).not.toBe(first);
  expect(started).toHaveLength(2);
  expect(troubles).toEqual([]);
});

it('hears of a process that ends by itself, and starts it again once', async () => {
  const { part, troubles } = await start();
  process.kill(part.pid() ?? 0, 'SIGKILL');
  await vi.waitFor(
    () => expect(troubles).toEqual(['the idler ended by itself (SIGKILL).']),
    PATIENT,
  );
  await part.end('SIGKILL', 10);
  await part.idle();
  expect(await getProcess(part.pid() ?? 0)).toBeDefined();
  const running = await Promise.all(started.map(getProcess));
  expect(running.filter((found) => found !== undefined)).toHaveLength(1);
});

it('freezes a process, does what is to be done before it wakes, and lets it go on', async () => {
  const { part } = await start();
  const pid = part.pid() ?? 0;
  const beforeWaking = vi.fn(async () => {});
  await part.freeze(50, beforeWaking);
  expect(beforeWaking).toHaveBeenCalledOnce();
  expect(part.pid()).toBe(pid);
});

it('tries a start that fails again', async () => {
  let failures = 2;
  const { part, troubles } = await start(async () => {
    failures -= 1;
    if (failures >= 0) {
      throw new Error('Not yet');
    }
    return startIdler();
  });
  expect(part.pid()).toBe(started[0]);
  expect(troubles).toEqual([]);
});
