import { viewOf } from '#lib/rights.ts';
import { countTemplateUses } from '#server/modules/projects/queries/count-template-uses.ts';
import {
  catalogQuerySchema,
  getCatalogPage,
} from '#server/modules/templates/queries/catalog-page.ts';
import { answerQuery } from '#server/web/answer-query.ts';

/** GET /api/templates?q&state&tag&sort&dir&cursor&limit → usedCatalogPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(
    request,
    viewOf('templates'),
    catalogQuerySchema,
    async ({ db, scans }, query) => {
      const page = await getCatalogPage(query.q ? scans : db, query);
      const uses = await countTemplateUses(
        db,
        page.items.map(({ templateId }) => templateId),
      );
      const items = page.items.map((row) => ({ ...row, projects: uses.get(row.templateId) ?? 0 }));
      return { ...page, items };
    },
  );
}
