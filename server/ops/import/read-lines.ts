import { createReadStream } from 'node:fs';

/** The longest line that is read, in characters: what a row can need many times over. */
export const MAX_LINE_LENGTH = 1_000_000;

export type Line = {
  /** Counted from 1. */
  readonly line: number;
  /** Without its ending; absent when it is longer than MAX_LINE_LENGTH. */
  readonly text: string | undefined;
  /** How many bytes of the file have been read with it. */
  readonly bytes: number;
};

/**
 * Reads a UTF-8 text file line by line (LF or CRLF) in bounded memory: the rest of an overlong line
 * is passed over.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let line = 1;
  let bytes = 0;
  let pending = '';
  let isOverlong = false;
  const take = (): Line => {
    const taken = { line, text: isOverlong ? undefined : pending.replace(/\r$/, ''), bytes };
    line += 1;
    pending = '';
    isOverlong = false;
    return taken;
  };
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    for (const [index, part] of String(chunk).split('\n').entries()) {
      if (index > 0) {
        bytes += 1;
        yield take();
      }
      bytes += Buffer.byteLength(part);
      isOverlong ||= pending.length + part.length > MAX_LINE_LENGTH;
      pending = isOverlong ? '' : pending + part;
    }
  }
  if (pending !== '' || isOverlong) {
    yield take();
  }
}
