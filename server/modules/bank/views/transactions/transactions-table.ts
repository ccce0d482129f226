import { bigint, index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

export const TRANSACTION_TYPES = ['deposit', 'withdrawal', 'transfer-in', 'transfer-out'] as const;

/** Every movement of money with the running balance; amounts in minor units, never negative. */
export const transactionsIn = generationTable((define) =>
  define(
    'transactions',
    {
      accountId: bytewise('account_id').notNull(),
      sequence: integer('sequence').notNull(),
      eventId: text('event_id').notNull(),
      type: text('type', { enum: TRANSACTION_TYPES }).notNull(),
      amount: bigint('amount', { mode: 'bigint' }).notNull(),
      balanceAfter: bigint('balance_after', { mode: 'bigint' }).notNull(),
      currency: text('currency').notNull(),
      description: text('description'),
      /** The account at the other end of a transfer, or the text that came with the movement. */
      counterparty: text('counterparty'),
      bookedAt: timeColumn('booked_at').notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.accountId, table.sequence] }),
      index('transactions_booked_at').on(table.bookedAt),
    ],
  ),
);

/** The generation that serves. */
export const transactions = transactionsIn(LIVE_SCHEMA);
