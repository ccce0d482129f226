import { VIEW_ALL } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getBus } from '#server/web/queries/bus.ts';

/** GET /api/bus → busSchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ALL, async (context) => toJsonAnswer(await getBus(context)));
}
