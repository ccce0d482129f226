import { sql } from 'drizzle-orm';
import { index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Every user with their profile. */
export const userProfilesIn = generationTable((define) =>
  define(
    'user_profiles',
    {
      userId: bytewise('user_id').primaryKey(),
      email: bytewise('email').notNull(),
      name: text('name').notNull(),
      status: text('status', { enum: ['active', 'deactivated'] }).notNull(),
      registeredAt: timeColumn('registered_at').notNull(),
      /** Of the user's last event, a change of permissions included. */
      updatedAt: timeColumn('updated_at').notNull(),
      deactivatedAt: timeColumn('deactivated_at'),
      /** The user's event sequence that this row holds. */
      version: integer('version').notNull(),
    },
    (table) => [
      index('user_profiles_name').on(sql`${table.name} COLLATE "und-x-icu"`, table.userId),
      index('user_profiles_updated').on(table.updatedAt, table.userId),
    ],
  ),
);

/** The generation that serves. */
export const userProfiles = userProfilesIn(LIVE_SCHEMA);
