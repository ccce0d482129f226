import { bigint, index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Every account with all its details; amounts in minor units of `currency`. */
export const accountsIn = generationTable((define) =>
  define(
    'accounts',
    {
      accountId: bytewise('account_id').primaryKey(),
      number: bytewise('number').notNull(),
      owner: text('owner').notNull(),
      currency: text('currency').notNull(),
      overdraftLimit: bigint('overdraft_limit', { mode: 'bigint' }).notNull(),
      balance: bigint('balance', { mode: 'bigint' }).notNull(),
      status: text('status', { enum: ['open', 'closed'] }).notNull(),
      openedAt: timeColumn('opened_at').notNull(),
      closedAt: timeColumn('closed_at'),
      lastActivityAt: timeColumn('last_activity_at').notNull(),
      /** The account's event sequence that this row holds. */
      version: integer('version').notNull(),
    },
    (table) => [
      // Only what changes with every movement: account_directory has the rest.
      index('accounts_balance').on(table.currency, table.status, table.balance, table.accountId),
      index('accounts_last_activity').on(
        table.currency,
        table.status,
        table.lastActivityAt,
        table.accountId,
      ),
    ],
  ),
);

/** The generation that serves. */
export const accounts = accountsIn(LIVE_SCHEMA);
