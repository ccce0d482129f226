import { boolean, integer } from 'drizzle-orm/pg-core';
import { bytewise, generationTable, LIVE_SCHEMA } from '#server/runtime/platform/schemas.ts';

/** How far each project's nodes and edges have come: a project may have none. */
export const serviceTopologiesIn = generationTable((define) =>
  define('service_topologies', {
    projectId: bytewise('project_id').primaryKey(),
    archived: boolean('archived').notNull(),
    /** The project's event sequence that its nodes and edges hold. */
    version: integer('version').notNull(),
  }),
);

/** The generation that serves. */
export const serviceTopologies = serviceTopologiesIn(LIVE_SCHEMA);
