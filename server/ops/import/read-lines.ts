import { createReadStream } from 'node:fs';

/** The longest line that is read, in characters: what a row can need many times over. */
export const MAX_LINE_LENGTH = 1_000_000;

/** A line of a file, counted from 1; `text` is absent when it is longer than MAX_LINE_LENGTH. */
export type Line = { readonly line: number; readonly text: string | undefined };

/**
 * Reads a UTF-8 text file line by line (LF or CRLF) in bounded memory: the rest of an overlong line
 * is passed over. `onBytes` hears how far the reading has come.
 */
export async function* readLines(
  path: string,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Line> {
  const stream = createReadStream(path, { encoding: 'utf8' });
  let line = 1;
  let pending = '';
  let overlong = false;
  const take = (): Line => {
    const taken = { line, text: overlong ? undefined : pending.replace(/\r$/, '') };
    line += 1;
    pending = '';
    overlong = false;
    return taken;
  };
  for await (const chunk of stream) {
    onBytes(stream.bytesRead);
    const parts = String(chunk).split('\n');
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        yield take();
      }
      overlong ||= pending.length + part.length > MAX_LINE_LENGTH;
      pending = overlong ? '' : pending + part;
    }
  }
  if (pending !== '' || overlong) {
    yield take();
  }
}
