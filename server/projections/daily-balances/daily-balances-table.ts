import { bigint, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** One row per account and UTC day on which money moved; amounts in minor units. */
export const dailyBalances = pgTable(
  'daily_balances',
  {
    accountId: text('account_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    currency: text('currency').notNull(),
    opening: bigint('opening', { mode: 'bigint' }).notNull(),
    closing: bigint('closing', { mode: 'bigint' }).notNull(),
    totalIn: bigint('total_in', { mode: 'bigint' }).notNull(),
    totalOut: bigint('total_out', { mode: 'bigint' }).notNull(),
    movements: integer('movements').notNull(),
    /** The sequence of the day's last movement. */
    version: integer('version').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.day] })],
);
