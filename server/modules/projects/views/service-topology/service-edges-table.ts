import { primaryKey } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/** The links between services: `source` uses `target`. */
export const serviceEdgesIn = generationTable((define) =>
  define(
    'service_edges',
    {
      projectId: bytewise('project_id').notNull(),
      source: bytewise('source').notNull(),
      target: bytewise('target').notNull(),
    },
    (table) => [primaryKey({ columns: [table.projectId, table.source, table.target] })],
  ),
);

/** The generation that serves. */
export const serviceEdges = serviceEdgesIn(LIVE_SCHEMA);
