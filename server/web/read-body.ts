import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

/** What a body may have, in bytes: as much as a form's. */
const MAX_BODY_BYTES = 1_000_000;

const objectSchema = z.record(z.string(), z.unknown());

/** The JSON object in a request's body; an empty body is an empty one. Throws INVALID_INPUT and BODY_TOO_LARGE. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request);
  const parsed = objectSchema.safeParse(text.trim() === '' ? {} : parseJson(text));
  if (!parsed.success) {
    throw new PlayheadError('INVALID_INPUT', 'The body is a JSON object.');
  }
  return parsed.data;
}

/** A request's body as the text that came. Throws BODY_TOO_LARGE. */
export async function readText({ body }: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      const sentence = `The body has more than ${MAX_BODY_BYTES} bytes.`;
      throw new PlayheadError('BODY_TOO_LARGE', sentence);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
