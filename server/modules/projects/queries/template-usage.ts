import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { TemplateUsage } from '#lib/modules/projects/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { encodeCursor, parseCursor } from '#server/runtime/queries/cursor.ts';
import { pageParams } from '#server/runtime/queries/parse-query.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { templateUsageView } from '../views/template-usage/template-usage-view.ts';
import { templateUses } from '../views/template-usage/template-uses-table.ts';

export const templateUsageQuerySchema = z.object(pageParams);
type TemplateUsageQuery = z.infer<typeof templateUsageQuerySchema>;

const placeSchema = z.object({
  createdAt: z.iso.datetime({ precision: 3 }).refine((value) => value >= '0001'),
  projectId: z.string(),
});

const COUNT = sql<number>`count(*)::int`;
/** Never null in a row that has a template. */
const VERSION = sql<number>`${templateUses.templateVersion}`;

/**
 * Which projects came of which version of a template, and how many in each month; of a template that
 * nobody used, or that does not exist, none.
 */
export function getTemplateUsage(
  db: Db,
  templateId: string,
  { cursor, limit }: TemplateUsageQuery,
): Promise<TemplateUsage> {
  const isOfTemplate = eq(templateUses.templateId, templateId);
  const place = cursor === undefined ? undefined : parseCursor(placeSchema, cursor);
  const isBehind =
    place &&
    sql`(${templateUses.createdAt}, ${templateUses.projectId}) < (${place.createdAt}::timestamptz, ${place.projectId})`;
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, templateUsageView);
    const versions = await tx
      .select({
        version: VERSION,
        projects: COUNT,
        active: sql<number>`(count(*) FILTER (WHERE ${templateUses.archivedAt} IS NULL))::int`,
      })
      .from(templateUses)
      .where(isOfTemplate)
      .groupBy(sql`1`)
      .orderBy(sql`1 DESC`);
    const months = await tx
      .select({
        month: sql<string>`to_char(${templateUses.createdAt} AT TIME ZONE 'UTC', 'YYYY-MM')`,
        version: VERSION,
        projects: COUNT,
      })
      .from(templateUses)
      .where(isOfTemplate)
      .groupBy(sql`1, 2`)
      .orderBy(sql`1, 2`);
    const rows = await tx
      .select({
        projectId: templateUses.projectId,
        name: templateUses.projectName,
        version: VERSION,
        createdAt: templateUses.createdAt,
        archivedAt: templateUses.archivedAt,
      })
      .from(templateUses)
      .where(and(isOfTemplate, isBehind))
      .orderBy(desc(templateUses.createdAt), desc(templateUses.projectId))
      .limit(limit + 1);
    const items = rows.slice(0, limit).map(({ createdAt, archivedAt, ...use }) => ({
      ...use,
      createdAt: createdAt.toISOString(),
      archivedAt: archivedAt?.toISOString() ?? null,
    }));
    const last = items.at(-1);
    return {
      versions,
      months,
      items,
      total: versions.reduce((sum, { projects }) => sum + projects, 0),
      nextCursor:
        rows.length > limit && last
          ? encodeCursor({ createdAt: last.createdAt, projectId: last.projectId })
          : null,
      freshness,
    };
  });
}
