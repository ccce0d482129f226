import { sql } from 'drizzle-orm';
import { index, jsonb, text } from 'drizzle-orm/pg-core';
import { identityTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** What a code is for: to be invited, to sign in on this machine, or to end what one began elsewhere. */
export const CODE_PURPOSES = ['invitation', 'link', 'passkey', 'provider'] as const;

/** Secrets that work once, and not for long. */
export const oneTimeCodes = identityTable(
  'one_time_codes',
  {
    /** SHA-256 of the code, hexadecimal. */
    hash: text('hash').primaryKey(),
    purpose: text('purpose', { enum: CODE_PURPOSES }).notNull(),
    /** Whom it is for; null where that shows at its end only. */
    subject: text('subject'),
    /** What is needed to end what was begun: a challenge, a verifier. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: timeColumn('created_at').notNull().default(sql`clock_timestamp()`),
    expiresAt: timeColumn('expires_at').notNull(),
  },
  (table) => [index('one_time_codes_end').on(table.expiresAt)],
);
