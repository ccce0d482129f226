import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { createDirectoryStorage } from './directory-storage.ts';

const root = await mkdtemp(join(tmpdir(), 'playhead-archive-test-'));
afterAll(() => rm(root, { recursive: true }));

const storage = createDirectoryStorage(`${pathToFileURL(root).href}/archive`);
const KEY = 'events/day=2026-01-31/a.jsonl.gz';

it('holds nothing at first', async () => {
  expect(await storage.list('events/')).toEqual([]);
  expect(await storage.get(KEY)).toBeUndefined();
});

it('keeps what was written first, for its owner only', async () => {
  await storage.put(KEY, Buffer.from('first'));
  await storage.put(KEY, Buffer.from('second'));
  await storage.put('manifests/m.json', Buffer.from('{}'));
  expect(Buffer.from((await storage.get(KEY)) ?? []).toString()).toBe('first');
  expect(await storage.list('events/')).toEqual([KEY]);
  expect(await storage.list('')).toEqual([KEY, 'manifests/m.json']);
  expect((await stat(join(root, 'archive', KEY))).mode & 0o777).toBe(0o600);
});

it('says which archive cannot be used, and why', async () => {
  const inFile = createDirectoryStorage(`${pathToFileURL(root).href}/archive/${KEY}`);
  await expect(inFile.put('x/y', Buffer.of())).rejects.toMatchObject({
    code: 'ARCHIVE_UNAVAILABLE',
    message: expect.stringContaining(KEY),
  });
});
