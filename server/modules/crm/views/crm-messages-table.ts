import { index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Every message that could not be kept as a change. */
export const crmMessagesIn = generationTable((define) =>
  define(
    'crm_messages',
    {
      messageId: bytewise('message_id').primaryKey(),
      status: text('status', { enum: ['refused', 'settled'] }).notNull(),
      reason: text('reason').notNull(),
      source: text('source').notNull(),
      /** The beginning of its text. */
      excerpt: text('excerpt').notNull(),
      refusedAt: timeColumn('refused_at').notNull(),
      /** The message's event sequence that this row holds. */
      version: integer('version').notNull(),
    },
    (table) => [index('crm_messages_refused').on(table.refusedAt, table.messageId)],
  ),
);

/** The generation that serves. */
export const crmMessages = crmMessagesIn(LIVE_SCHEMA);
