import { bigint, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Every account with all its details; amounts in minor units of `currency`. */
export const accounts = pgTable(
  'accounts',
  {
    accountId: text('account_id').primaryKey(),
    number: text('number').notNull(),
    owner: text('owner').notNull(),
    currency: text('currency').notNull(),
    overdraftLimit: bigint('overdraft_limit', { mode: 'bigint' }).notNull(),
    balance: bigint('balance', { mode: 'bigint' }).notNull(),
    status: text('status', { enum: ['open', 'closed'] }).notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
    closedAt: timestamp('closed_at', { withTimezone: true, precision: 3, mode: 'date' }),
    lastActivityAt: timestamp('last_activity_at', {
      withTimezone: true,
      precision: 3,
      mode: 'date',
    }).notNull(),
    /** The account's event sequence that this row holds. */
    version: integer('version').notNull(),
  },
  (table) => [
    index('accounts_owner').on(table.owner, table.accountId),
    index('accounts_balance').on(table.balance, table.accountId),
    index('accounts_last_activity').on(table.lastActivityAt, table.accountId),
  ],
);
