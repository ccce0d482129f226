import { toRecordId } from '#lib/modules/crm/record-id.ts';
import { viewOf } from '#lib/rights.ts';
import { requireKindOf } from '#server/modules/crm/queries/entity-kinds.ts';
import {
  entityQuerySchema,
  findEntityAnswer,
} from '#server/modules/crm/queries/find-entity-answer.ts';
import { answerQuery } from '#server/web/answer-query.ts';

type Route = { readonly params: Promise<{ kind: string; recordId: string }> };

/** GET /api/crm/[kind]/[recordId]?sequence&timeout → entityAnswerSchema */
export function GET(request: Request, { params }: Route): Promise<Response> {
  return answerQuery(request, viewOf('crm'), entityQuerySchema, async (context, query) => {
    const { kind, recordId } = await params;
    return findEntityAnswer(context, requireKindOf(kind), toRecordId(recordId) ?? recordId, query);
  });
}
