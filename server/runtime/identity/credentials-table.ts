import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { identityTable } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** A person's password, by their subject (`user:<id>`). */
export const passwords = identityTable('passwords', {
  subject: text('subject').primaryKey(),
  /** As `hashPassword` writes it. */
  hash: text('hash').notNull(),
  changedAt: timeColumn('changed_at').notNull().default(sql`clock_timestamp()`),
});

/** A person's passkeys (WebAuthn credentials). */
export const passkeys = identityTable(
  'passkeys',
  {
    /** The credential's id, base64url. */
    id: text('id').primaryKey(),
    subject: text('subject').notNull(),
    /** What its owner calls it. */
    name: text('name').notNull(),
    /** Base64url. */
    publicKey: text('public_key').notNull(),
    /** How often it has signed, as far as it counts; a copy would fall behind. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: jsonb('transports').$type<readonly string[]>().notNull(),
    createdAt: timeColumn('created_at').notNull().default(sql`clock_timestamp()`),
    lastUsedAt: timeColumn('last_used_at'),
  },
  (table) => [index('passkeys_subject').on(table.subject)],
);

/** Who a person is at an OpenID Connect provider. */
export const providerAccounts = identityTable(
  'provider_accounts',
  {
    issuer: text('issuer').notNull(),
    /** The provider's `sub`: addresses change hands, this does not. */
    account: text('account').notNull(),
    subject: text('subject').notNull(),
    linkedAt: timeColumn('linked_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.account] })],
);
