import { randomUUID } from 'node:crypto';
import { formCommandIdSchema } from '#lib/contracts/command-texts.ts';
import { PlayheadError } from '#lib/playhead-error.ts';

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
