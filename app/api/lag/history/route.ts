import { VIEW_ANY } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getLagHistory, lagHistoryQuerySchema } from '#server/web/queries/lag-history.ts';

/** GET /api/lag/history?projection=&range=hour|day → lagHistorySchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ANY, lagHistoryQuerySchema, getLagHistory);
}
