import { index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Which template, in which version, each project came of; null for one that began empty. */
export const templateUsesIn = generationTable((define) =>
  define(
    'template_uses',
    {
      projectId: bytewise('project_id').primaryKey(),
      projectName: text('project_name').notNull(),
      templateId: bytewise('template_id'),
      templateVersion: integer('template_version'),
      createdAt: timeColumn('created_at').notNull(),
      archivedAt: timeColumn('archived_at'),
      /** The project's event sequence that this row holds. */
      version: integer('version').notNull(),
    },
    (table) => [
      index('template_uses_template').on(table.templateId, table.createdAt, table.projectId),
    ],
  ),
);

/** The generation that serves. */
export const templateUses = templateUsesIn(LIVE_SCHEMA);
