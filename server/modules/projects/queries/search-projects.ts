import { and, sql } from 'drizzle-orm';
import type { FoundAggregate } from '#lib/contracts/queries.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';
import { projects } from '../views/projects/projects-table.ts';

const WORDS = sql`(' ' || ${FOLD}(${projects.name}) || E'\n ' || ${projects.projectId})`;

/** Projects whose name or id has all words of `q`, those in use first. */
export async function searchProjects(tx: Tx, q: string, most: number): Promise<FoundAggregate[]> {
  const rows = await tx
    .select({ projectId: projects.projectId, name: projects.name, status: projects.status })
    .from(projects)
    .where(and(...toTerms(q).map((term) => containsTerm(WORDS, term))))
    .orderBy(sql`${projects.status}, ${projects.name} COLLATE "und-x-icu", ${projects.projectId}`)
    .limit(most);
  return rows.map(({ projectId, name, status }) => ({
    aggregateId: toProjectAggregateId(projectId),
    title: name,
    detail: status === 'archived' ? `${projectId} · archived` : projectId,
  }));
}
