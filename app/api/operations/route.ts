import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getOperations, operationsQuerySchema } from '#server/web/queries/operations.ts';

/** GET /api/operations?kind=&status=&subject=&cursor=&limit= → operationsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ALL, operationsQuerySchema, ({ db }, query) =>
    getOperations(db, query),
  );
}
