import { PlayheadError } from '#lib/playhead-error.ts';

/** What `--encoding` is without being given. */
export const DEFAULT_ENCODING = 'utf-8';

/** The WHATWG name of an encoding that somebody asked for. Throws INVALID_INPUT for an unknown one. */
export function parseEncoding(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    const sentence = `“${label.slice(0, 40)}” is not an encoding: utf-8, windows-1252 (Latin-1), windows-1250, iso-8859-2 and utf-16 are some that are read.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { cause, field: 'encoding' });
  }
}

/**
 * Decodes a statement's bytes chunk by chunk, strictly: a byte that the encoding does not have is an
 * error, and never a replacement character. A byte order mark is left out. Throws INVALID_INPUT,
 * which names the encoding that the file seems to have and the option that reads it; for a one-byte
 * encoding, in which nothing is wrong ever, also when the file is UTF-8.
 */
export async function* decodeStatement(
  chunks: AsyncIterable<Buffer>,
  asked: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let encoding = asked;
  let lines = 1;
  let utf8 = asked === DEFAULT_ENCODING ? undefined : createUtf8Watch();
  for await (const chunk of chunks) {
    if (decoder === undefined) {
      encoding = checkStart(chunk, asked);
      decoder = new TextDecoder(encoding, { fatal: true });
      utf8 = encoding.startsWith('utf-16') ? undefined : utf8;
    }
    utf8?.push(chunk);
    const text = decode(decoder, chunk, lines);
    lines += countLines(text);
    yield text;
  }
  if (decoder !== undefined) {
    yield decode(decoder, undefined, lines);
  }
  if (utf8?.isUtf8()) {
    throw wrongEncoding(`The file is UTF-8, and not ${asked}`, DEFAULT_ENCODING);
  }
}

/** Looks at the first bytes, which tell the families apart; answers with the encoding to read by. */
function checkStart(chunk: Buffer, asked: string): string {
  const seems = sniff(chunk);
  const isUtf16 = asked.startsWith('utf-16');
  if (isUtf16 && seems?.startsWith('utf-16')) {
    // "utf-16" says nothing of the order of the bytes, and the file's mark does.
    return seems;
  }
  if (isUtf16 && chunk.length > 0) {
    throw wrongEncoding(`The file is not ${asked}`, seems ?? DEFAULT_ENCODING);
  }
  if (seems !== undefined && seems !== asked) {
    throw wrongEncoding(`The file is not ${asked}`, seems);
  }
  return asked;
}

/** What a mark at the start, or the zeros of UTF-16 in the header, give away. */
function sniff(start: Buffer): string | undefined {
  const [first, second, third] = start;
  if (first === 0xff && second === 0xfe) {
    return 'utf-16le';
  }
  if (first === 0xfe && second === 0xff) {
    return 'utf-16be';
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return DEFAULT_ENCODING;
  }
  const head = start.subarray(0, 64);
  const zeros = [0, 1].map((odd) => head.filter((byte, at) => byte === 0 && at % 2 === odd).length);
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < head.length / 4) {
    return undefined;
  }
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, lines: number): string {
  try {
    const text = decoder.decode(chunk, { stream: chunk !== undefined });
    return decoder.encoding === 'windows-1252' ? text.replace(C1, toWindows1252) : text;
  } catch (cause) {
    const lenient = new TextDecoder(decoder.encoding).decode(chunk);
    const line = lines + countLines(lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd'))));
    const problem = `The file is not ${decoder.encoding}, near line ${line}`;
    if (decoder.encoding !== DEFAULT_ENCODING) {
      throw new PlayheadError('INVALID_INPUT', `${problem}.`, { cause });
    }
    throw wrongEncoding(problem, 'windows-1252', cause);
  }
}

function wrongEncoding(problem: string, likely: string, cause?: unknown): PlayheadError {
  const name = NAMES[likely] ?? likely;
  const sentence = `${problem}. It looks like ${name}: import it with --encoding ${likely}${likely === 'windows-1252' ? ' (or the one that its bank names: windows-1250, iso-8859-2, …)' : ''}.`;
  return new PlayheadError('INVALID_INPUT', sentence, { cause, field: 'encoding' });
}

const NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Latin-1 (Windows-1252)',
};

/** Whether bytes that are read by another encoding are UTF-8, with more in them than ASCII. */
function createUtf8Watch() {
  let decoder: TextDecoder | undefined = new TextDecoder(DEFAULT_ENCODING, { fatal: true });
  let hasMore = false;
  const push = (chunk?: Buffer) => {
    try {
      decoder?.decode(chunk, { stream: chunk !== undefined });
      hasMore ||= chunk?.some((byte) => byte > 0x7f) ?? false;
    } catch {
      decoder = undefined;
    }
  };
  return {
    push,
    isUtf8: () => {
      push();
      return decoder !== undefined && hasMore;
    },
  };
}

// Some versions of Node decode Windows-1252 as ISO-8859-1, which has control characters in this range.
const C1 = /[\u0080-\u009f]/g;
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const toWindows1252 = (character: string) =>
  WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80) || character;

/** How many lines end in a text, whatever ends them. */
function countLines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
