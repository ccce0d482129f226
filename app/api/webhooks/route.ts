import { newWebhookSchema } from '#lib/contracts/webhooks.ts';
import { ADMINISTER, VIEW_ALL } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getWebhooks } from '#server/web/queries/webhooks.ts';
import { makeWebhook } from '#server/web/shown-secrets.ts';

/** GET /api/webhooks → webhooksSchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ALL, async ({ db }) => toJsonAnswer(await getWebhooks(db)));
}

/** POST /api/webhooks: newWebhookSchema → madeWebhookSchema, which says the secret this once. */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, ADMINISTER, newWebhookSchema, async (context, asked) => {
    const { headers } = request;
    const { actor } = context.principal;
    return toJsonAnswer(await makeWebhook({ ...context, headers, actor }, asked), 201);
  });
}
