import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getRebuildsAnswer, rebuildsQuerySchema } from '#server/web/queries/rebuilds.ts';

/** GET /api/rebuilds?projection= → rebuildsSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ALL, rebuildsQuerySchema, getRebuildsAnswer);
}
