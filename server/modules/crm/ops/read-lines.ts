import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A text of a file, with its line, counted from 1. */
export type Line = { readonly line: number; readonly text: string };

/** The lines of a file that are not empty, in bounded memory; lines end with LF, CRLF or CR. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const input = createReadStream(path);
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() !== '') {
      yield { line, text };
    }
  }
}

/** Puts items together as long as they fit; each batch has one at least. */
export async function* toBatches<Item>(
  items: AsyncIterable<Item>,
  fits: (batch: readonly Item[]) => boolean,
): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    if (batch.length > 0 && !fits([...batch, item])) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length > 0) {
    yield batch;
  }
}
