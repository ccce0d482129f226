import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { getRunningChildren } from '#server/local/child-records.ts';
import { getLockHolder } from '#server/local/data-lock.ts';
import { findMarkedProcesses } from '#server/local/marked-processes.ts';
import { createPlace, type Launched, type Place, runThere } from './launched.ts';
import { SIGN_IN_LINE } from './sign-in.ts';

let place: Place;

test.beforeEach(async () => {
  // Each starts a whole Playhead, some of them twice.
  test.setTimeout(240_000);
  place = await createPlace();
});

test.afterEach(async () => {
  for (const { pid } of await findMarkedProcesses(place.mark, { timeoutMs: 0 })) {
    process.kill(pid, 'SIGKILL');
  }
  await place.remove();
});

const START = ['start', '--', '--empty'];

async function start(): Promise<Launched> {
  const launched = runThere(place, ...START);
  await expect.poll(launched.output, { timeout: 120_000 }).toMatch(SIGN_IN_LINE);
  return launched;
}

const health = async () => (await fetch(`http://127.0.0.1:${place.port}/api/health`)).status;

const pidOf = async (name: string) =>
  (await getRunningChildren(place.dataDir)).find((child) => child.name === name)?.pid ?? 0;

test('runs once on a data directory, and leaves no process when it is stopped', async () => {
  const first = await start();
  expect(first.output()).toContain(`Playhead is running at http://127.0.0.1:${place.port}\n`);
  expect(first.output().trimEnd()).toMatch(
    new RegExp(`http://127.0.0.1:${place.port}/sign-in#[\\w-]{43}$`),
  );
  const children = await getRunningChildren(place.dataDir);
  expect(children.map(({ name }) => name).sort()).toEqual([
    'dynamodb',
    'postgres',
    'web',
    'worker',
  ]);

  const second = runThere(place, ...START);
  expect(await second.exited).toBe(1);
  const { pid } = (await getLockHolder(place.dataDir)) ?? {};
  expect(second.output()).toMatch(/^DATA_DIRECTORY_IN_USE: Playhead is already running on /m);
  expect(second.output()).toContain(`pid ${pid}`);
  expect(second.output()).toContain(`http://127.0.0.1:${place.port}`);
  const reset = runThere(place, 'reset');
  expect(await reset.exited).toBe(1);
  await expect.poll(health).toBe(200);

  const asked = Date.now();
  first.process.kill('SIGTERM');
  expect(await first.exited).toBe(0);
  expect(Date.now() - asked).toBeLessThan(10_000);
  expect(await findMarkedProcesses(place.mark, { timeoutMs: 0 })).toEqual([]);

  const afterwards = runThere(place, 'reset');
  expect(await afterwards.exited).toBe(0);
  expect(afterwards.output()).toContain(`Emptied ${place.dataDir}`);
});

test('starts a worker that was killed again, and says so', async () => {
  const launched = await start();
  await expect.poll(health).toBe(200);
  process.kill(await pidOf('worker'), 'SIGKILL');
  await expect.poll(launched.output).toContain('The worker ended unexpectedly (SIGKILL)');
  await expect.poll(launched.output).toContain('The worker is running again');
  await expect.poll(health, { timeout: 20_000 }).toBe(200);
  launched.process.kill('SIGINT');
  expect(await launched.exited).toBe(0);
});

test('starts after it was killed, and stops what that left', async () => {
  const killed = await start();
  const { pid = 0 } = (await getLockHolder(place.dataDir)) ?? {};
  process.kill(pid, 'SIGKILL');
  await killed.exited;
  expect(await getRunningChildren(place.dataDir)).not.toEqual([]);

  const launched = await start();
  expect(launched.output()).toContain('that an earlier run had left');
  await expect.poll(health, { timeout: 20_000 }).toBe(200);
  expect(await getRunningChildren(place.dataDir)).toHaveLength(4);
  launched.process.kill('SIGTERM');
  expect(await launched.exited).toBe(0);
  expect(await findMarkedProcesses(place.mark, { timeoutMs: 0 })).toEqual([]);
});

test('says what to do when the port is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(place.port, '127.0.0.1', resolve));
  const launched = runThere(place, ...START);
  expect(await launched.exited).toBe(1);
  expect(launched.output()).toContain(`Port ${place.port} is in use`);
  expect(await findMarkedProcesses(place.mark, { timeoutMs: 0 })).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
});
