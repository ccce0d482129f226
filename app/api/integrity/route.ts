import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import {
  getIntegrityHistory,
  integrityHistoryQuerySchema,
} from '#server/web/queries/integrity-history.ts';

/** GET /api/integrity → integrityHistorySchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ALL, integrityHistoryQuerySchema, ({ db }) =>
    getIntegrityHistory(db),
  );
}
