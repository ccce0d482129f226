import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Line, MAX_LINE_LENGTH, readLines } from './read-lines.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'playhead-lines-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function linesOf(content: string): Promise<Pick<Line, 'line' | 'text'>[]> {
  const path = join(directory, 'file.csv');
  await writeFile(path, content);
  const lines: Line[] = [];
  for await (const line of readLines(path)) {
    lines.push(line);
  }
  expect(lines.at(-1)?.bytes ?? 0).toBe(Buffer.byteLength(content));
  return lines.map(({ line, text }) => ({ line, text }));
}

it('reads lines of either ending, the last one without', async () => {
  expect(await linesOf('a\r\nb\n\nč')).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: 'b' },
    { line: 3, text: '' },
    { line: 4, text: 'č' },
  ]);
  expect(await linesOf('a\n')).toEqual([{ line: 1, text: 'a' }]);
  expect(await linesOf('')).toEqual([]);
});

it('passes over a line that is too long, and goes on after it', async () => {
  const lines = await linesOf(`a\n${'x'.repeat(MAX_LINE_LENGTH + 1)}\nb\n`);
  expect(lines).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: undefined },
    { line: 3, text: 'b' },
  ]);
});

it('puts lines together that span many chunks, and characters that span two', async () => {
  const text = 'ř'.repeat(200_001);
  expect(await linesOf(`x${text}\n${text}\n`)).toEqual([
    { line: 1, text: `x${text}` },
    { line: 2, text },
  ]);
});
