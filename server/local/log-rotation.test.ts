import { appendFileSync, closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rotateLogs } from './log-rotation.ts';

let directory = '';
const read = (name: string) => readFile(join(directory, name), 'utf8');

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'playhead-logs-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

it('empties a file that a process holds open, and keeps what it held once', async () => {
  const log = openSync(join(directory, 'web.log'), 'a');
  try {
    for (const text of ['the first part', 'the second part']) {
      writeSync(log, text);
      await rotateLogs(directory, 10);
      expect(await read('web.log.old')).toBe(text);
      expect(await read('web.log')).toBe('');
    }
    writeSync(log, 'new');
    expect(await read('web.log')).toBe('new');
  } finally {
    closeSync(log);
  }
});

it('leaves small files, and files that are no logs, alone', async () => {
  await writeFile(join(directory, 'small.log'), '1234567890');
  await writeFile(join(directory, 'other.txt'), '12345678901');
  await rotateLogs(directory, 10);
  expect(readdirSync(directory).sort()).toEqual(['other.txt', 'small.log']);
});

it('empties the file all the same when the copy cannot be made', async () => {
  await mkdir(join(directory, 'web.log.old', 'in-the-way'), { recursive: true });
  appendFileSync(join(directory, 'web.log'), '12345678901');
  await rotateLogs(directory, 10);
  expect(await read('web.log')).toBe('');
});
