import { and, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ProjectRow, ProjectsPage } from '#lib/modules/projects/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { toFacets } from '#server/runtime/queries/facets.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { toPage } from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { projects } from '../views/projects/projects-table.ts';
import { projectsView } from '../views/projects/projects-view.ts';
import { serviceNodes } from '../views/service-topology/service-nodes-table.ts';
import { serviceTopologyView } from '../views/service-topology/service-topology-view.ts';
import {
  isBesideProject,
  projectsOrderParams,
  readProjectsCursor,
  toProjectsOrder,
  toProjectsPlace,
} from './projects-order.ts';

/**
 * Several `status`, `template` or `kind` widen the filter; `q` is looked for in id, name and description,
 * word by word, whatever the case and the accents are.
 */
export const projectsQuerySchema = z.object({
  q: textParam,
  status: listParam.pipe(z.array(z.enum(['active', 'archived']))),
  template: listParam,
  /** Of a service that the project has. */
  kind: listParam,
  ...projectsOrderParams,
  ...pageParams,
});
type ProjectsQuery = z.infer<typeof projectsQuerySchema>;

const WORDS = sql`(' ' || ${FOLD}(${projects.name}) || E'\n ' || ${projects.projectId}
  || E'\n ' || ${FOLD}(coalesce(${projects.description}, '')))`;

const TEMPLATE: SQL<string> = sql`coalesce(${projects.templateId}, '')`;

/**
 * A page of projects. The total is of the whole filter, a facet of all but its own dimension. A search
 * looks at every project: there are thousands of them, not millions. Narrowed by kind it is as fresh as
 * the older of the two views. Throws INVALID_INPUT for a cursor of another order.
 */
export async function getProjectsPage(db: Db, query: ProjectsQuery): Promise<ProjectsPage> {
  const { q = '', status, template, kind, cursor, limit } = query;
  const isFound = and(...toTerms(q).map((term) => containsTerm(WORDS, term)));
  const isMeant = and(
    status.length === 0 ? undefined : isIn(projects.status, status),
    template.length === 0 ? undefined : isIn(TEMPLATE, template),
  );
  const hasKind =
    kind.length === 0
      ? undefined
      : sql`EXISTS (SELECT FROM ${serviceNodes}
          WHERE ${serviceNodes.projectId} = ${projects.projectId} AND ${isIn(serviceNodes.kind, kind)})`;
  const asked = readProjectsCursor(query, cursor);
  return readSnapshot(db, async (tx) => {
    const list = await getFreshness(tx, projectsView);
    const topology = await getFreshness(tx, serviceTopologyView);
    const cells = await tx
      .select({ one: projects.status, other: TEMPLATE, count: sql<number>`count(*)::int` })
      .from(projects)
      .where(and(isFound, hasKind))
      .groupBy(sql`1, 2`);
    const kinds = await tx
      .select({
        value: serviceNodes.kind,
        count: sql<number>`count(DISTINCT ${projects.projectId})::int`,
      })
      .from(projects)
      .innerJoin(serviceNodes, eq(serviceNodes.projectId, projects.projectId))
      .where(and(isFound, isMeant))
      .groupBy(serviceNodes.kind)
      .orderBy(sql`2 DESC, 1`);
    const rows = await tx
      .select()
      .from(projects)
      .where(and(isFound, isMeant, hasKind, isBesideProject(query, asked)))
      .orderBy(toProjectsOrder(query, asked))
      .limit(limit + 1);
    const page = toPage(rows.map(toProjectRow), limit, asked, (row) => toProjectsPlace(query, row));
    const { total, one, other } = toFacets(cells, { one: status, other: template });
    return {
      items: [...page.rows],
      total,
      ...page.links,
      facets: { status: one, template: other, kind: kinds },
      freshness: hasKind && topology.position < list.position ? topology : list,
    };
  });
}

/** A row of the view as it travels in lists. */
export function toProjectRow({
  configuration,
  templateValues,
  ...row
}: typeof projects.$inferSelect): ProjectRow {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}
