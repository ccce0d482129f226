import { integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Every version of each template, with its text. */
export const templateVersionsIn = generationTable((define) =>
  define(
    'template_versions',
    {
      templateId: bytewise('template_id').notNull(),
      number: integer('number').notNull(),
      name: text('name').notNull(),
      description: text('description'),
      /** With a blank between them; none has one in it. */
      tags: text('tags').notNull(),
      format: text('format', { enum: ['yaml', 'json'] }).notNull(),
      text: text('text').notNull(),
      validity: text('validity', { enum: ['unknown', 'valid', 'invalid'] }).notNull(),
      /** JSON, both. */
      parameters: text('parameters').notNull(),
      problems: text('problems').notNull(),
      uploadedAt: timeColumn('uploaded_at').notNull(),
      uploadedBy: text('uploaded_by').notNull(),
      validatedAt: timeColumn('validated_at'),
    },
    (table) => [primaryKey({ columns: [table.templateId, table.number] })],
  ),
);

/** The generation that serves. */
export const templateVersions = templateVersionsIn(LIVE_SCHEMA);
