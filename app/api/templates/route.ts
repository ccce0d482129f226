import { viewOf } from '#lib/rights.ts';
import {
  catalogQuerySchema,
  getCatalogPage,
} from '#server/modules/templates/queries/catalog-page.ts';
import { answerQuery } from '#server/web/answer-query.ts';

/** GET /api/templates?q&state&tag&sort&dir&cursor&limit → catalogPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, viewOf('templates'), catalogQuerySchema, ({ db, scans }, query) =>
    getCatalogPage(query.q ? scans : db, query),
  );
}
