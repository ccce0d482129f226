import { index, primaryKey } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/** The tags of each template. */
export const templateTagsIn = generationTable((define) =>
  define(
    'template_tags',
    {
      templateId: bytewise('template_id').notNull(),
      tag: bytewise('tag').notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.templateId, table.tag] }),
      index('template_tags_tag').on(table.tag, table.templateId),
    ],
  ),
);

/** The generation that serves. */
export const templateTags = templateTagsIn(LIVE_SCHEMA);
