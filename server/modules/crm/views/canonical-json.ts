import { customType } from 'drizzle-orm/pg-core';

/**
 * JSON that PostgreSQL can look into. In memory it is a text in one form, so that a row that was read equals
 * the row that was written, whatever order jsonb keeps names in.
 */
export const canonicalJson = customType<{ data: string }>({
  dataType: () => 'jsonb',
  fromDriver: (value) => toCanonicalJson(typeof value === 'string' ? JSON.parse(value) : value),
});

/** A value as JSON whose names are sorted; PostgreSQL's JSON has no NUL, which shows as U+FFFD. */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') {
      return part.toWellFormed().replaceAll('\u0000', '\ufffd');
    }
    return typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  });
}
