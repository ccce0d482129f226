import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TEST_REGISTRY } from '#server/testing/registry.ts';
import { openInstance } from './open-instance.ts';

let parent = '';

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'playhead-open-'));
});

afterEach(() => rm(parent, { recursive: true, force: true }));

const open = (dataDir: string) =>
  openInstance({ PLAYHEAD_DATA_DIR: dataDir }, () => {}, {
    mayBegin: false,
    registry: TEST_REGISTRY,
  });

it.each([
  ['does not exist', async () => {}],
  ['is empty', (dataDir: string) => mkdir(dataDir)],
  [
    'holds other things',
    async (dataDir: string) => {
      await mkdir(dataDir);
      await writeFile(join(dataDir, 'notes.txt'), '');
    },
  ],
  [
    'has one database of two',
    (dataDir: string) => mkdir(join(dataDir, 'postgres'), { recursive: true }),
  ],
])('creates nothing in a directory that %s', async (_, prepare) => {
  const dataDir = join(parent, 'mistyped');
  await prepare(dataDir);
  const before = await readdir(parent, { recursive: true });
  await expect(open(dataDir)).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
    message: expect.stringContaining(`There is no Playhead in ${dataDir}, and nothing was created`),
  });
  expect(await readdir(parent, { recursive: true })).toEqual(before);
});
