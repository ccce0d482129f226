import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ServiceKinds } from '#lib/modules/projects/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { serviceEdges } from '../views/service-topology/service-edges-table.ts';
import { serviceNodes } from '../views/service-topology/service-nodes-table.ts';
import { serviceTopologies } from '../views/service-topology/service-topologies-table.ts';
import { serviceTopologyView } from '../views/service-topology/service-topology-view.ts';

const COUNT = sql<number>`count(*)::int`;

/** How many services of each kind the projects that are not archived have, and which kind uses which. */
export function getServiceKinds(db: Db): Promise<ServiceKinds> {
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, serviceTopologyView);
    const isActive = and(
      eq(serviceTopologies.projectId, serviceNodes.projectId),
      eq(serviceTopologies.archived, false),
    );
    const kinds = await tx
      .select({ kind: serviceNodes.kind, services: COUNT })
      .from(serviceNodes)
      .innerJoin(serviceTopologies, isActive)
      .groupBy(serviceNodes.kind)
      .orderBy(sql`2 DESC, 1`);
    const used = alias(serviceNodes, 'used');
    const links = await tx
      .select({ from: serviceNodes.kind, to: used.kind, count: COUNT })
      .from(serviceEdges)
      .innerJoin(
        serviceNodes,
        and(
          eq(serviceNodes.projectId, serviceEdges.projectId),
          eq(serviceNodes.name, serviceEdges.source),
        ),
      )
      .innerJoin(
        used,
        and(eq(used.projectId, serviceEdges.projectId), eq(used.name, serviceEdges.target)),
      )
      .innerJoin(serviceTopologies, isActive)
      .groupBy(serviceNodes.kind, used.kind)
      .orderBy(sql`3 DESC, 1, 2`);
    return { kinds, links, freshness };
  });
}
