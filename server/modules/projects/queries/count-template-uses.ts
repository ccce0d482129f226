import { sql } from 'drizzle-orm';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { templateUses } from '../views/template-usage/template-uses-table.ts';

/** How many projects, archived ones too, came of each of these templates; one that nobody used is not among them. */
export async function countTemplateUses(
  db: Db,
  templateIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({
      templateId: sql<string>`${templateUses.templateId}`,
      projects: sql<number>`count(*)::int`,
    })
    .from(templateUses)
    .where(isIn(templateUses.templateId, templateIds))
    .groupBy(templateUses.templateId);
  return new Map(rows.map(({ templateId, projects }) => [templateId, projects]));
}
