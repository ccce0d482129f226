import { VIEW_ALL } from '#lib/rights.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getOperation } from '#server/web/queries/operations.ts';

type Route = { readonly params: Promise<{ id: string }> };

/** GET /api/operations/[id] → operationSchema */
export function GET(request: Request, { params }: Route): Promise<Response> {
  return answer(request, VIEW_ALL, async ({ db }) => {
    const { id } = await params;
    return toJsonAnswer(await getOperation(db, toSearchText(id)));
  });
}
