import { answer } from '#server/web/answer-query.ts';
import { beginProviderSignIn } from '#server/web/identity/provider.ts';

/** GET /api/sign-in/provider?next=&invitation=: leads to the OpenID Connect provider. Everybody may ask. */
export function GET(request: Request): Promise<Response> {
  return answer(request, null, (context) => beginProviderSignIn(context, request));
}
