import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { formCommandIdSchema } from '#lib/contracts/command-texts.ts';
import { PlayheadError } from '#lib/playhead-error.ts';

/** What a command's body may have, in bytes: as much as a form's. */
const MAX_BODY_BYTES = 1_000_000;

const objectSchema = z.record(z.string(), z.unknown());

/** The command id of a request: its Idempotency-Key, a UUID, or a new one. Throws INVALID_INPUT. */
export function readIdempotencyKey({ headers }: Request): string {
  const given = headers.get('idempotency-key');
  if (given === null) {
    return randomUUID();
  }
  const parsed = formCommandIdSchema.safeParse(given.replace(/^"(.*)"$/, '$1'));
  if (!parsed.success) {
    const field = 'Idempotency-Key';
    throw new PlayheadError('INVALID_INPUT', 'The Idempotency-Key is a UUID.', { field });
  }
  return parsed.data;
}

/** The version that If-Match asks for; undefined without one. Throws INVALID_INPUT for more than one ETag. */
export function readIfMatch({ headers }: Request): number | undefined {
  const given = headers.get('if-match');
  if (given === null) {
    return undefined;
  }
  const digits = /^"(\d{1,10})"$/.exec(given.trim())?.[1];
  if (digits === undefined) {
    const sentence = 'If-Match is the ETag of one answer, such as "12".';
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'If-Match' });
  }
  return Number(digits);
}

/** The ETag of an aggregate's version. */
export function toETag(version: number): string {
  return `"${version}"`;
}

/** The JSON object in a request's body; an empty body is an empty one. Throws INVALID_INPUT and BODY_TOO_LARGE. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request);
  const parsed = objectSchema.safeParse(text.trim() === '' ? {} : parseJson(text));
  if (!parsed.success) {
    throw new PlayheadError('INVALID_INPUT', 'The body is a JSON object.');
  }
  return parsed.data;
}

async function readText({ body }: Request): Promise<string> {
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
