import { bigint, integer, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Figures over an account's whole life; amounts in minor units of `currency`. */
export const accountSummaries = pgTable('account_summaries', {
  accountId: text('account_id').primaryKey(),
  currency: text('currency').notNull(),
  balance: bigint('balance', { mode: 'bigint' }).notNull(),
  deposits: integer('deposits').notNull(),
  withdrawals: integer('withdrawals').notNull(),
  transfersIn: integer('transfers_in').notNull(),
  transfersOut: integer('transfers_out').notNull(),
  totalIn: numeric('total_in', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
  totalOut: numeric('total_out', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
  largestIn: bigint('largest_in', { mode: 'bigint' }).notNull(),
  largestOut: bigint('largest_out', { mode: 'bigint' }).notNull(),
  lowestBalance: bigint('lowest_balance', { mode: 'bigint' }).notNull(),
  highestBalance: bigint('highest_balance', { mode: 'bigint' }).notNull(),
  version: integer('version').notNull(),
});

/** What came in and went out in a UTC month ("2026-11"). */
export const accountMonths = pgTable(
  'account_months',
  {
    accountId: text('account_id').notNull(),
    month: text('month').notNull(),
    totalIn: numeric('total_in', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
    totalOut: numeric('total_out', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.month] })],
);
