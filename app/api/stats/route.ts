import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getStats, statsQuerySchema } from '#server/web/queries/stats.ts';

/** GET /api/stats?range=2m|15m|1h|24h → statsSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ALL, statsQuerySchema, getStats);
}
