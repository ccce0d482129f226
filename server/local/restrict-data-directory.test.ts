import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { restrictDataDirectory } from './restrict-data-directory.ts';

let dataDir = '';
const modeOf = async (...path: string[]) => (await stat(join(dataDir, ...path))).mode & 0o777;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'playhead-restrict-'));
  await chmod(dataDir, 0o755);
  await mkdir(join(dataDir, 'logs'));
  await chmod(join(dataDir, 'logs'), 0o755);
  await writeFile(join(dataDir, 'lock.json'), '');
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

it('closes the data directory of an earlier version', async () => {
  await restrictDataDirectory(dataDir);
  expect([await modeOf(), await modeOf('logs')]).toEqual([0o700, 0o700]);
});

it('leaves a directory that holds other things as open as it was, and closes what is ours', async () => {
  await writeFile(join(dataDir, 'letter.txt'), '');
  await restrictDataDirectory(dataDir);
  expect([await modeOf(), await modeOf('logs')]).toEqual([0o755, 0o700]);
});
