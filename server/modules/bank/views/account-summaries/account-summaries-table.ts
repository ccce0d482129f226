import { bigint, integer, numeric, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/** Figures over an account's whole life; amounts in minor units of `currency`. */
export const accountSummariesIn = generationTable((define) =>
  define('account_summaries', {
    accountId: bytewise('account_id').primaryKey(),
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
  }),
);

/** The generation that serves. */
export const accountSummaries = accountSummariesIn(LIVE_SCHEMA);

/** What came in and went out in a UTC month ("2026-11"). */
export const accountMonthsIn = generationTable((define) =>
  define(
    'account_months',
    {
      accountId: bytewise('account_id').notNull(),
      month: bytewise('month').notNull(),
      totalIn: numeric('total_in', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
      totalOut: numeric('total_out', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
    },
    (table) => [primaryKey({ columns: [table.accountId, table.month] })],
  ),
);

/** The generation that serves. */
export const accountMonths = accountMonthsIn(LIVE_SCHEMA);
