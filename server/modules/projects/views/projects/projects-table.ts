import { index, integer, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';
import { timeColumn } from '#server/runtime/platform/time-column.ts';

/** Every project: what lists show, and what is its own and not a service's. */
export const projectsIn = generationTable((define) =>
  define(
    'projects',
    {
      projectId: bytewise('project_id').primaryKey(),
      name: text('name').notNull(),
      description: text('description'),
      status: text('status', { enum: ['active', 'archived'] }).notNull(),
      templateId: bytewise('template_id'),
      templateVersion: integer('template_version'),
      /** The values of the template's parameters, and the configuration: JSON. */
      templateValues: text('template_values').notNull(),
      configuration: text('configuration').notNull(),
      services: integer('services').notNull(),
      links: integer('links').notNull(),
      createdAt: timeColumn('created_at').notNull(),
      createdBy: text('created_by').notNull(),
      changedAt: timeColumn('changed_at').notNull(),
      archivedAt: timeColumn('archived_at'),
      archiveReason: text('archive_reason'),
      /** The project's event sequence that this row holds. */
      version: integer('version').notNull(),
    },
    (table) => [
      index('projects_changed').on(table.changedAt, table.projectId),
      index('projects_created').on(table.createdAt, table.projectId),
    ],
  ),
);

/** The generation that serves. */
export const projects = projectsIn(LIVE_SCHEMA);
