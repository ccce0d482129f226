import { index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/**
 * Every change of a permission that there ever was. Rows are never changed: the newest row of a user and a
 * permission up to a time says whether it was held then. A deactivation revokes all that was held.
 */
export const permissionHistoryIn = generationTable((define) =>
  define(
    'permission_history',
    {
      userId: bytewise('user_id').notNull(),
      permission: bytewise('permission').notNull(),
      /** The event of the user that changed it. */
      sequence: integer('sequence').notNull(),
      change: text('change', { enum: ['granted', 'revoked'] }).notNull(),
      changedBy: text('changed_by').notNull(),
      changedAt: timeColumn('changed_at').notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.permission, table.sequence] }),
      index('permission_history_changed').on(table.changedAt),
    ],
  ),
);

/** The generation that serves. */
export const permissionHistory = permissionHistoryIn(LIVE_SCHEMA);
