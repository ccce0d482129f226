import { index, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/** The services of each project. */
export const serviceNodesIn = generationTable((define) =>
  define(
    'service_nodes',
    {
      projectId: bytewise('project_id').notNull(),
      name: bytewise('name').notNull(),
      kind: bytewise('kind').notNull(),
      /** JSON. */
      configuration: text('configuration').notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.projectId, table.name] }),
      index('service_nodes_kind').on(table.kind, table.projectId),
    ],
  ),
);

/** The generation that serves. */
export const serviceNodes = serviceNodesIn(LIVE_SCHEMA);
