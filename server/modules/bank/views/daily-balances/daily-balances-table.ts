import { bigint, date, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/** One row per account and UTC day on which money moved; amounts in minor units. */
export const dailyBalancesIn = generationTable((define) =>
  define(
    'daily_balances',
    {
      accountId: bytewise('account_id').notNull(),
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
  ),
);

/** The generation that serves. */
export const dailyBalances = dailyBalancesIn(LIVE_SCHEMA);
