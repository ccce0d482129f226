import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { groupBy } from '#lib/group-by.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import type { SchemaName } from '#server/runtime/platform/schemas.ts';
import { defineView } from '#server/runtime/views/postgres-view.ts';
import { projectAggregate } from '../../domain/project-aggregate.ts';
import type { ProjectEvent } from '../../domain/project-events.ts';
import { parseConfigurationText } from '../configuration-text.ts';
import { serviceEdgesIn } from './service-edges-table.ts';
import { serviceNodesIn } from './service-nodes-table.ts';
import { serviceTopologiesIn } from './service-topologies-table.ts';
import {
  EMPTY_TOPOLOGY,
  foldTopology,
  type HeldTopology,
  toTopologyRows,
} from './service-topology-fold.ts';

/** The services of all projects, and how they are connected. */
export const serviceTopologyView = defineView<HeldTopology, ProjectEvent>({
  name: 'service-topology',
  version: 1,
  aggregate: projectAggregate,
  idColumn: 'projectId',
  tables: [
    { in: serviceTopologiesIn, write: 'upsert' },
    { in: serviceNodesIn, write: 'replace' },
    { in: serviceEdgesIn, write: 'replace' },
  ],
  load: loadTopologies,
  initial: EMPTY_TOPOLOGY,
  fold: (before, events, id) => {
    const held = foldTopology(before, events);
    const { topologies, nodes, edges } = toTopologyRows(id, held);
    return { held, rows: [held === before ? [] : topologies, nodes, edges] };
  },
});

async function loadTopologies(
  tx: Tx,
  schema: SchemaName,
  ids: string[],
): Promise<Map<string, HeldTopology>> {
  const [topologies, nodes, edges] = [
    serviceTopologiesIn(schema),
    serviceNodesIn(schema),
    serviceEdgesIn(schema),
  ];
  const isMeant = (column: PgColumn) => sql`${column} = ANY(${sql.param(ids)}::text[])`;
  const held = await tx
    .select()
    .from(topologies)
    .where(isMeant(topologies.projectId))
    .prepare(`${schema}.service_topologies_held`)
    .execute();
  const nodeRows = await tx
    .select()
    .from(nodes)
    .where(isMeant(nodes.projectId))
    .prepare(`${schema}.service_nodes_held`)
    .execute();
  const edgeRows = await tx
    .select()
    .from(edges)
    .where(isMeant(edges.projectId))
    .prepare(`${schema}.service_edges_held`)
    .execute();
  const services = groupBy(nodeRows, ({ projectId }) => projectId);
  const links = groupBy(edgeRows, ({ projectId }) => projectId);
  return new Map(
    held.map(({ projectId, version, archived }) => [
      projectId,
      {
        version,
        archived,
        blueprint: {
          configuration: {},
          services: (services.get(projectId) ?? []).map(({ name, kind, configuration }) => ({
            name,
            kind,
            configuration: parseConfigurationText(configuration),
          })),
          links: (links.get(projectId) ?? []).map(({ source: from, target: to }) => ({ from, to })),
        },
      },
    ]),
  );
}
