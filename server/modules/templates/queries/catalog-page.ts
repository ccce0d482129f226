import { and, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type CatalogPage,
  TEMPLATE_STATES,
  type TemplateRow,
} from '#lib/modules/templates/queries.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { isIn } from '#server/runtime/queries/is-in.ts';
import { toPage } from '#server/runtime/queries/keyset-page.ts';
import { listParam, pageParams, textParam } from '#server/runtime/queries/parse-query.ts';
import { containsTerm, FOLD, toTerms } from '#server/runtime/queries/search-terms.ts';
import { readSnapshot } from '#server/runtime/queries/snapshot.ts';
import { getFreshness } from '#server/runtime/views/lag.ts';
import { toTags } from '../views/template-catalog/template-catalog-fold.ts';
import { templateCatalog } from '../views/template-catalog/template-catalog-table.ts';
import { templateCatalogView } from '../views/template-catalog/template-catalog-view.ts';
import { templateTags } from '../views/template-catalog/template-tags-table.ts';
import {
  catalogOrderParams,
  isBesideTemplate,
  readCatalogCursor,
  toCatalogOrder,
  toCatalogPlace,
} from './catalog-order.ts';

/**
 * Several `state` or `tag` widen the filter; `q` is looked for in id, name, description and tags, word by
 * word, whatever the case and the accents are.
 */
export const catalogQuerySchema = z.object({
  q: textParam,
  state: listParam.pipe(z.array(z.enum(TEMPLATE_STATES))),
  tag: listParam,
  ...catalogOrderParams,
  ...pageParams,
});
type CatalogQuery = z.infer<typeof catalogQuerySchema>;

const WORDS = sql`(' ' || ${FOLD}(${templateCatalog.name}) || E'\n ' || ${templateCatalog.templateId}
  || E'\n ' || ${FOLD}(coalesce(${templateCatalog.description}, '')) || E'\n ' || ${templateCatalog.tags})`;

const COUNT = sql<number>`count(*)::int`;

/** Whether a template has all words of a search. */
export function isFoundBy(q: string): SQL | undefined {
  return and(...toTerms(q).map((term) => containsTerm(WORDS, term)));
}

/**
 * A page of templates. The total is of the whole filter, a facet of all but its own dimension. A search
 * looks at every template: there are thousands of them, not millions. Throws INVALID_INPUT for a cursor of
 * another order.
 */
export async function getCatalogPage(db: Db, query: CatalogQuery): Promise<CatalogPage> {
  const { q = '', state, tag, cursor, limit } = query;
  const isFound = isFoundBy(q);
  const hasState = state.length === 0 ? undefined : isIn(templateCatalog.state, state);
  const hasTag =
    tag.length === 0
      ? undefined
      : sql`EXISTS (SELECT FROM ${templateTags}
          WHERE ${templateTags.templateId} = ${templateCatalog.templateId}
          AND ${isIn(templateTags.tag, tag)})`;
  const asked = readCatalogCursor(query, cursor);
  return readSnapshot(db, async (tx) => {
    const freshness = await getFreshness(tx, templateCatalogView);
    const states = await tx
      .select({ value: templateCatalog.state, count: COUNT })
      .from(templateCatalog)
      .where(and(isFound, hasTag))
      .groupBy(templateCatalog.state)
      .orderBy(sql`2 DESC, 1`);
    const tags = await tx
      .select({ value: templateTags.tag, count: COUNT })
      .from(templateTags)
      .innerJoin(templateCatalog, sql`${templateTags.templateId} = ${templateCatalog.templateId}`)
      .where(and(isFound, hasState))
      .groupBy(templateTags.tag)
      .orderBy(sql`2 DESC, 1`);
    const rows = await tx
      .select()
      .from(templateCatalog)
      .where(and(isFound, hasState, hasTag, isBesideTemplate(query, asked)))
      .orderBy(toCatalogOrder(query, asked))
      .limit(limit + 1);
    const page = toPage(rows.map(toTemplateRow), limit, asked, (row) => toCatalogPlace(query, row));
    return {
      items: [...page.rows],
      total: states
        .filter(({ value }) => state.length === 0 || state.includes(value))
        .reduce((sum, { count }) => sum + count, 0),
      ...page.links,
      facets: { state: states, tag: tags },
      freshness,
    };
  });
}

function toTemplateRow(row: typeof templateCatalog.$inferSelect): TemplateRow {
  return {
    ...row,
    tags: toTags(row),
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}
