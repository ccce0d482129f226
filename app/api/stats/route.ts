import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getStats } from '#server/web/queries/stats.ts';

/** GET /api/stats → statsSchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, async ({ db }) => toJsonAnswer(await getStats(db)));
}
