import { VIEW_ALL } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getWebhooks } from '#server/web/queries/webhooks.ts';

/** GET /api/webhooks → webhooksSchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ALL, async ({ db }) => toJsonAnswer(await getWebhooks(db)));
}
