import { VIEW_ALL } from '#lib/rights.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { answer } from '#server/web/answer-query.ts';
import { getTrace } from '#server/web/commands/trace.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

type Route = { readonly params: Promise<{ correlationId: string }> };

/** GET /api/traces/[correlationId] → traceSchema */
export function GET(request: Request, { params }: Route): Promise<Response> {
  return answer(request, VIEW_ALL, async (context) => {
    const { correlationId } = await params;
    return toJsonAnswer(await getTrace(context, toSearchText(correlationId)));
  });
}
