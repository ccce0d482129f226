import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_ROW_SIZE, readStatement } from './read-statement.ts';
import { STATEMENT_COLUMNS } from './statement-columns.ts';
import { decodeStatement } from './statement-encoding.ts';

const HEADER = STATEMENT_COLUMNS.join(',');

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'playhead-read-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Each row's line and purpose. */
async function rowsOf(content: string | Buffer, encoding = 'utf-8') {
  const path = join(directory, 'file.csv');
  await writeFile(path, content);
  const rows: [number, string][] = [];
  for await (const { line, fields } of readStatement(path, encoding)) {
    rows.push([line, 'purpose' in fields ? fields.purpose : fields.message]);
  }
  return rows;
}

const row = (purpose: string) => `A,2026-01-05,1,deposit,x,1.00,,${purpose},,`;

describe('lines', () => {
  it('end as they like, and none is lost', async () => {
    const content = `${HEADER}\r${row('a')}\r\n${row('b')}\n\n\r\r${row('c')}\n , ,,,,,,,,\n${row('d')}`;
    expect(await rowsOf(content)).toEqual([
      [2, 'a'],
      [3, 'b'],
      [7, 'c'],
      [9, 'd'],
    ]);
    expect(await rowsOf(content.replaceAll(/\r\n|\n/g, '\r'))).toHaveLength(4);
  });

  it('may be part of a text in quotes, and are counted', async () => {
    const rows = [row('"1\r\n2\n3"'), row('x'), row('"a ""b"", c"'), row('"\n\n"'), row('y')];
    expect(await rowsOf([HEADER, ...rows].join('\n'))).toEqual([
      [2, '1\r\n2\n3'],
      [5, 'x'],
      [6, 'a "b", c'],
      [7, '\n\n'],
      [10, 'y'],
    ]);
  });

  it.each([
    ['a quote that is never closed', `${row('a')}\n${row('"b')}`, /behind line 2 and never closed/],
    ['a quote in a field', `${row('a')}\n${row('5" pipe')}`, /in the middle of a field at line 3/],
    ['text behind a quote', `${row('a')}\n${row('"b" c')}`, /in the middle of a field at line 3/],
    ['a huge row', `${row('a')}\n${row('x'.repeat(MAX_ROW_SIZE))}`, /behind line 2 has more than/],
  ])('refuse the file: %s', async (_name, rows, sentence) => {
    await expect(rowsOf(`${HEADER}\n${rows}`)).rejects.toThrow(sentence);
  });
});

describe('encodings', () => {
  const text = `${HEADER}\n${row('Miete für März')}`;
  const latin1 = Buffer.from(text, 'latin1');
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const utf16be = Buffer.from(utf16).swap16();

  it('are read as they are asked for, with a mark or without', async () => {
    const right = [[2, 'Miete für März']];
    expect(await rowsOf(text)).toEqual(right);
    expect(await rowsOf(`\ufeff${text}`)).toEqual(right);
    expect(await rowsOf(latin1, 'windows-1252')).toEqual(right);
    expect(await rowsOf(latin1, 'latin1')).toEqual(right);
    expect(await rowsOf(utf16, 'utf-16le')).toEqual(right);
    expect(await rowsOf(utf16.subarray(2), 'utf-16le')).toEqual(right);
    expect(await rowsOf(utf16be, 'utf-16le')).toEqual(right);
    const euro = Buffer.from(`${HEADER}\n${row('x \x80 \x92')}`, 'latin1');
    expect(await rowsOf(euro, 'windows-1252')).toEqual([[2, 'x € ’']]);
  });

  it.each<[string, Buffer, string, RegExp]>([
    ['Latin-1', latin1, 'utf-8', /near line 2.*Latin-1.*--encoding windows-1252/],
    ['UTF-16 with a mark', utf16, 'utf-8', /UTF-16.*--encoding utf-16le/],
    ['UTF-16 without', utf16.subarray(2), 'utf-8', /--encoding utf-16le/],
    ['UTF-16 by Latin-1', utf16, 'windows-1252', /--encoding utf-16le/],
    ['UTF-16, the other order', utf16be, 'utf-8', /--encoding utf-16be/],
    ['UTF-8 by Latin-1', Buffer.from(text), 'windows-1252', /is UTF-8.*--encoding utf-8/],
    ['UTF-8 by UTF-16', Buffer.from(text), 'utf-16le', /--encoding utf-8/],
    ['a UTF-8 text that is cut off', Buffer.from(`${text}ü`).subarray(0, -1), 'utf-8', /line 2/],
    ['UTF-16 that is cut off', utf16.subarray(0, -1), 'utf-16le', /not utf-16le/],
  ])('are told apart: %s', async (_name, content, encoding, sentence) => {
    await expect(rowsOf(content, encoding)).rejects.toThrow(sentence);
  });

  it('are decoded the same whatever the chunks', async () => {
    const anyChunks = fc.tuple(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(anyChunks, async ([content, sizes]) => {
        const bytes = Buffer.from(`header ${content}`);
        async function* chunks() {
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            yield bytes.subarray(at, at + size);
            at += size;
          }
        }
        let read = '';
        for await (const part of decodeStatement(chunks(), 'utf-8')) {
          read += part;
        }
        expect(read).toBe(`header ${content}`);
      }),
    );
  });
});
