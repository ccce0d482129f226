import { bigint, index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Every transfer that was proposed, and what became of it; amounts in minor units of `currency`. */
export const proposedTransfersIn = generationTable((define) =>
  define(
    'proposed_transfers',
    {
      transferId: bytewise('transfer_id').primaryKey(),
      fromAccountId: bytewise('from_account_id').notNull(),
      toAccountId: bytewise('to_account_id').notNull(),
      amount: bigint('amount', { mode: 'bigint' }).notNull(),
      currency: text('currency').notNull(),
      description: text('description'),
      /** proposed: it waits for another's decision. */
      status: text('status', { enum: ['proposed', 'approved', 'declined'] }).notNull(),
      proposedBy: text('proposed_by').notNull(),
      proposedAt: timeColumn('proposed_at').notNull(),
      /** From when on it can no longer be approved. */
      expiresAt: timeColumn('expires_at').notNull(),
      decidedBy: text('decided_by'),
      decidedAt: timeColumn('decided_at'),
      /** Why it was declined. */
      reason: text('reason'),
      /** The transfer's event sequence that this row holds. */
      version: integer('version').notNull(),
    },
    (table) => [index('proposed_transfers_status').on(table.status, table.transferId)],
  ),
);

/** The generation that serves. */
export const proposedTransfers = proposedTransfersIn(LIVE_SCHEMA);
