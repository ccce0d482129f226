import { sql } from 'drizzle-orm';
import { index, text } from 'drizzle-orm/pg-core';
import { identityTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** How somebody signed in. */
export const SIGN_IN_METHODS = ['password', 'passkey', 'provider', 'link', 'invitation'] as const;

/** Who is signed in, and in which browser. */
export const sessions = identityTable(
  'sessions',
  {
    /** SHA-256 of the cookie's secret, hexadecimal: who reads this table is signed in nowhere. */
    hash: text('hash').primaryKey(),
    /** The actor in events: `user:<id>`, or `local-operator`. */
    subject: text('subject').notNull(),
    method: text('method', { enum: SIGN_IN_METHODS }).notNull(),
    /** The address that it was begun from, as the web server saw it. */
    address: text('address').notNull(),
    /** The browser's User-Agent: from another one the cookie is refused. */
    userAgent: text('user_agent').notNull(),
    createdAt: timeColumn('created_at').notNull().default(sql`clock_timestamp()`),
    expiresAt: timeColumn('expires_at').notNull(),
  },
  (table) => [index('sessions_subject').on(table.subject, table.createdAt)],
);
