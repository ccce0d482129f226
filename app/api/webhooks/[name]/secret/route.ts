import { z } from 'zod';
import { ADMINISTER } from '#lib/rights.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { rotateSecret } from '#server/web/shown-secrets.ts';

type Route = { readonly params: Promise<{ name: string }> };

/** POST /api/webhooks/[name]/secret → shownSecretSchema: a new one, said this once. */
export function POST(request: Request, { params }: Route): Promise<Response> {
  return answerPost(request, ADMINISTER, z.strictObject({}), async ({ db, principal }) => {
    const { headers } = request;
    const { name } = await params;
    return toJsonAnswer(await rotateSecret({ db, headers, actor: principal.actor }, name));
  });
}
