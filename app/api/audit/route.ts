import { OPERATE } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { auditQuerySchema, getAudit } from '#server/web/queries/audit.ts';

/** GET /api/audit?subject=&cursor=&limit= → auditPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, OPERATE, auditQuerySchema, getAudit);
}
