import type { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

/** A place in a list as the browser carries it: base64url JSON, to be handed back unread. */
export function encodeCursor(place: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** PostgreSQL holds no NUL, so that no cursor of ours has one. */
const UNKEEPABLE = /\\u0000|\0/;

/** The place that a cursor names. Throws INVALID_INPUT for one that this list did not write. */
export function parseCursor<Place>(schema: z.ZodType<Place>, cursor: string): Place {
  const json = Buffer.from(cursor, 'base64url').toString('utf8');
  const result = schema.safeParse(parseJson(json));
  if (!result.success || UNKEEPABLE.test(json)) {
    const sentence = 'This cursor does not belong to this list. Start again from its first page.';
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'cursor' });
  }
  return result.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
