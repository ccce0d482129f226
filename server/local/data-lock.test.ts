import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireDataLock, getLockHolder } from './data-lock.ts';
import { readRunFile, writeRunFile } from './run-file.ts';

let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-lock-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

const purpose = { purpose: 'start', url: 'http://127.0.0.1:3000' };

it('lets exactly one of many have the directory, and tells the others who', async () => {
  const results = await Promise.all(
    Array.from({ length: 8 }, () => acquireDataLock(dataDir, purpose)),
  );
  expect(results.filter(({ kind }) => kind === 'acquired')).toHaveLength(1);
  const held = results.find((result) => result.kind === 'held');
  expect(held?.holder).toMatchObject({ pid: process.pid, ...purpose });
});

it('is free again after its release', async () => {
  const first = await acquireDataLock(dataDir, purpose);
  await (first.kind === 'acquired' ? first.release() : undefined);
  expect((await acquireDataLock(dataDir, purpose)).kind).toBe('acquired');
});

it.each([
  ['of a process that is gone', { pid: 2 ** 22 + 1, startedAt: 'x' }],
  ['of a process whose number another one has now', { pid: process.pid, startedAt: 'before' }],
])('counts a lock %s for nothing', async (_, owner) => {
  await writeFile(join(dataDir, 'lock.json'), JSON.stringify({ ...owner, ...purpose }));
  expect(await getLockHolder(dataDir)).toBeUndefined();
  expect((await acquireDataLock(dataDir, purpose)).kind).toBe('acquired');
});

it.each([
  ['empty', ''],
  ['cut off', '{"pid":1,"startedAt":"x","pur'],
  ['binary', Buffer.from([0, 255, 254, 1])],
  ['of another shape', '{"pid":"1"}'],
  ['no object', 'null'],
])('counts a lock that is %s as held, for everybody, and leaves it', async (_, content) => {
  const file = join(dataDir, 'lock.json');
  await writeFile(file, content);
  const refused = { code: 'NOT_CONFIGURED', message: expect.stringContaining(file) };
  await expect(acquireDataLock(dataDir, purpose)).rejects.toMatchObject(refused);
  await expect(readRunFile(dataDir)).rejects.toMatchObject(refused);
  expect(await readFile(file)).toEqual(Buffer.from(content));
});

it('counts a directory in the place of the lock as held', async () => {
  await mkdir(join(dataDir, 'lock.json'));
  await expect(acquireDataLock(dataDir, purpose)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' });
});

it('leaves nothing but the lock', async () => {
  await acquireDataLock(dataDir, purpose);
  expect(await readdir(dataDir)).toEqual(['lock.json']);
});

it.each(['', '{', '{"pid":1}'])('says that a run file with %j cannot be read', async (content) => {
  await acquireDataLock(dataDir, purpose);
  await writeFile(join(dataDir, 'run.json'), content);
  await expect(readRunFile(dataDir)).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringMatching(/run\.json.*cannot be read/),
  });
});

it('shows the running Playhead only while its process holds the directory', async () => {
  const run = {
    pid: process.pid,
    url: purpose.url,
    workerMetricsUrl: 'http://127.0.0.1:2/metrics',
    dynamodbEndpoint: null,
    databaseUrl: 'postgres://playhead@127.0.0.1:1/playhead',
    startedAt: '2026-05-14T13:37:00.000Z',
  };
  await writeRunFile(dataDir, run);
  expect(await readRunFile(dataDir)).toBeUndefined();
  await acquireDataLock(dataDir, purpose);
  expect(await readRunFile(dataDir)).toEqual(run);
});
