import { bigint, numeric, primaryKey, text } from 'drizzle-orm/pg-core';
import { generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/**
 * How many accounts there are of a currency and a status, and what they hold together in minor units.
 * Triggers on `accounts` keep it: it is what counting them would say.
 */
export const accountTotalsIn = generationTable((define) =>
  define(
    'account_totals',
    {
      currency: text('currency').notNull(),
      status: text('status').notNull(),
      accounts: bigint('accounts', { mode: 'number' }).notNull(),
      balance: numeric('balance', { precision: 38, scale: 0 }).notNull(),
    },
    (table) => [primaryKey({ columns: [table.currency, table.status] })],
  ),
);

/** The generation that serves. */
export const accountTotals = accountTotalsIn(LIVE_SCHEMA);
