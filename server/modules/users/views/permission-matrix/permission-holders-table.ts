import { integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** The rows of the matrix: every user, also who holds no permission; by the name that they have now. */
export const permissionHoldersIn = generationTable((define) =>
  define('permission_holders', {
    userId: bytewise('user_id').primaryKey(),
    name: text('name').notNull(),
    registeredAt: timeColumn('registered_at').notNull(),
    deactivatedAt: timeColumn('deactivated_at'),
    /** The user's event sequence that the matrix holds. */
    version: integer('version').notNull(),
  }),
);

/** The generation that serves. */
export const permissionHolders = permissionHoldersIn(LIVE_SCHEMA);
