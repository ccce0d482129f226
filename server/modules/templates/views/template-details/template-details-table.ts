import { integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** What there is of a template beside its versions. */
export const templateDetailsIn = generationTable((define) =>
  define('template_details', {
    templateId: bytewise('template_id').primaryKey(),
    newestVersion: integer('newest_version').notNull(),
    deprecatedAt: timeColumn('deprecated_at'),
    deprecationReason: text('deprecation_reason'),
    /** The template's event sequence that this row, and its versions, hold. */
    version: integer('version').notNull(),
  }),
);

/** The generation that serves. */
export const templateDetails = templateDetailsIn(LIVE_SCHEMA);
