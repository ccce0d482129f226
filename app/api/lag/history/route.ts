import { answerQuery } from '#server/web/answer-query.ts';
import { getLagHistory, lagHistoryQuerySchema } from '#server/web/queries/lag-history.ts';

/** GET /api/lag/history?projection=&range=hour|day → lagHistorySchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, lagHistoryQuerySchema, getLagHistory);
}
