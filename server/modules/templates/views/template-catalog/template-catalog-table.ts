import { index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Every template as lists show it: its newest version. */
export const templateCatalogIn = generationTable((define) =>
  define(
    'template_catalog',
    {
      templateId: bytewise('template_id').primaryKey(),
      name: text('name').notNull(),
      description: text('description'),
      /** With a blank between them; none has one in it. */
      tags: text('tags').notNull(),
      format: text('format', { enum: ['yaml', 'json'] }).notNull(),
      /** unvalidated: since the last upload or change of parameters. */
      state: text('state', { enum: ['unvalidated', 'valid', 'invalid', 'deprecated'] }).notNull(),
      newestVersion: integer('newest_version').notNull(),
      parameters: integer('parameters').notNull(),
      problems: integer('problems').notNull(),
      createdAt: timeColumn('created_at').notNull(),
      changedAt: timeColumn('changed_at').notNull(),
      /** The template's event sequence that this row holds. */
      version: integer('version').notNull(),
    },
    (table) => [index('template_catalog_changed').on(table.changedAt, table.templateId)],
  ),
);

/** The generation that serves. */
export const templateCatalog = templateCatalogIn(LIVE_SCHEMA);
