import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startChild } from './child.ts';
import { getRunningChildren, stopOrphans } from './child-records.ts';
import { getProcess } from './process-table.ts';

const run = promisify(execFile);

let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-child-'));
});

afterEach(async () => {
  await stopOrphans(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

const start = (script: string) =>
  startChild({
    name: 'sample',
    command: process.execPath,
    args: ['-e', script],
    logFile: join(dataDir, 'logs', 'sample.log'),
    dataDir,
  });

it('records a process while it runs, and keeps what it says', async () => {
  const child = await start('console.log("hello"); setInterval(() => {}, 1000)');
  expect(await getRunningChildren(dataDir)).toMatchObject([{ name: 'sample', pid: child.pid }]);
  await expect
    .poll(() => readFile(join(dataDir, 'logs', 'sample.log'), 'utf8'), { timeout: 5_000 })
    .toBe('hello\n');
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  expect(await getRunningChildren(dataDir)).toEqual([]);
});

it('ends one that will not listen by force, with all that it started', async () => {
  const child = await start(
    `process.on("SIGTERM", () => {});
     const { pid } = require("node:child_process").spawn("sleep", ["600"]);
     console.log(pid)`,
  );
  const log = () => readFile(join(dataDir, 'logs', 'sample.log'), 'utf8');
  await expect.poll(log, { timeout: 5_000 }).toMatch(/\n$/);
  const grandchild = Number(await log());
  expect(await getProcess(grandchild)).toBeDefined();
  expect(await child.stop({ timeoutMs: 100 })).toEqual({ code: null, signal: 'SIGKILL' });
  await expect.poll(() => getProcess(grandchild), { timeout: 5_000 }).toBeUndefined();
});

it('finds and ends what a launcher left', async () => {
  const child = await start('setInterval(() => {}, 1000)');
  expect(await stopOrphans(dataDir)).toEqual(['sample']);
  // The system knows that it has ended before its parent hears of it.
  expect(await child.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(await stopOrphans(dataDir)).toEqual([]);
});

it('keeps the log to its owner', async () => {
  await start('');
  const modeOf = async (...path: string[]) => (await stat(join(dataDir, ...path))).mode & 0o777;
  expect([await modeOf('logs'), await modeOf('logs', 'sample.log')]).toEqual([0o700, 0o600]);
});

it('leaves nothing running, and no empty record, when the process cannot be recorded', async () => {
  // No room for a record: here because something else has its place.
  await writeFile(join(dataDir, 'processes'), '');
  const mark = `unrecorded${process.pid}`;
  await expect(start(`const ${mark} = 1; setInterval(() => {}, 1000)`)).rejects.toThrow();
  const { stdout } = await run('ps', ['-eo', 'args']);
  expect(stdout).not.toContain(mark);
});
