import { sql } from 'drizzle-orm';
import { jsonb, text } from 'drizzle-orm/pg-core';
import { playheadTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/**
 * The tokens by which programs use the API. A row is never deleted, so that a name in an old event means
 * one token for ever.
 */
export const apiTokens = playheadTable('api_tokens', {
  /** Its actor in events is `token:<name>`. */
  name: text('name').primaryKey(),
  /** SHA-256 of the secret, hexadecimal: the secret itself is stored nowhere. */
  hash: text('hash').notNull().unique(),
  /** The secret's beginning, for people to tell one from another. */
  prefix: text('prefix').notNull(),
  /** What it may do: `bank:commands`, `*:view`. */
  scopes: jsonb('scopes').$type<readonly string[]>().notNull(),
  createdAt: timeColumn('created_at').notNull().default(sql`clock_timestamp()`),
  expiresAt: timeColumn('expires_at').notNull(),
  /** To the minute; null before its first use. */
  lastUsedAt: timeColumn('last_used_at'),
  revokedAt: timeColumn('revoked_at'),
});
