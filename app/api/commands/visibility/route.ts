import { VIEW_ALL } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { getVisibility } from '#server/web/commands/visibility.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

/** GET /api/commands/visibility → visibilitySchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ALL, async (context) => toJsonAnswer(await getVisibility(context)));
}
