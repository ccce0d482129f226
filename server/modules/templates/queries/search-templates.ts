import { sql } from 'drizzle-orm';
import type { FoundAggregate } from '#lib/contracts/queries.ts';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import type { Tx } from '#server/runtime/platform/postgres.ts';
import { templateCatalog } from '../views/template-catalog/template-catalog-table.ts';
import { isFoundBy } from './catalog-page.ts';

/** Templates that have all words of `q`, by their names. */
export async function searchTemplates(tx: Tx, q: string, most: number): Promise<FoundAggregate[]> {
  const { templateId, name, state } = templateCatalog;
  const rows = await tx
    .select({ templateId, name, state })
    .from(templateCatalog)
    .where(isFoundBy(q))
    .orderBy(sql`${name} COLLATE "und-x-icu", ${templateId}`)
    .limit(most);
  return rows.map((row) => ({
    aggregateId: toTemplateAggregateId(row.templateId),
    title: row.name,
    detail: `${row.templateId} · ${row.state}`,
  }));
}
