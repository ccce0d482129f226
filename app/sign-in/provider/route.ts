import { answer } from '#server/web/answer-query.ts';
import { endProviderSignIn } from '#server/web/identity/provider.ts';

/** GET /sign-in/provider: where the provider leads back to. Everybody may ask. */
export function GET(request: Request): Promise<Response> {
  return answer(request, null, (context) => endProviderSignIn(context, request));
}
