import { index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** The permissions that users hold now, each with who granted it last, when, and by which event. */
export const permissionGrantsIn = generationTable((define) =>
  define(
    'permission_grants',
    {
      userId: bytewise('user_id').notNull(),
      permission: bytewise('permission').notNull(),
      grantedBy: text('granted_by').notNull(),
      grantedAt: timeColumn('granted_at').notNull(),
      /** The event of the user that granted it. */
      sequence: integer('sequence').notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.permission] }),
      index('permission_grants_permission').on(table.permission, table.userId),
    ],
  ),
);

/** The generation that serves. */
export const permissionGrants = permissionGrantsIn(LIVE_SCHEMA);
