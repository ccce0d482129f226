import { answerQuery } from '#server/web/answer-query.ts';
import { search, searchQuerySchema } from '#server/web/queries/search.ts';

/** GET /api/search?q → searchSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, searchQuerySchema, ({ scans, registry }, query) =>
    search(scans, registry, query),
  );
}
