import { answerQuery } from '#server/web/answer-query.ts';
import { getOperations, operationsQuerySchema } from '#server/web/queries/operations.ts';

/** GET /api/operations?kind=&status=&subject=&cursor=&limit= → operationsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, operationsQuerySchema, ({ db }, query) => getOperations(db, query));
}
