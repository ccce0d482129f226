import { linkSignInSchema } from '#lib/contracts/sign-in.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { signInByLink } from '#server/web/identity/sign-in-by-link.ts';

/** POST /api/sign-in/link. The code of the link that the start printed → signedInSchema, with the session's cookie. Everybody may ask. */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, null, linkSignInSchema, (context, input) =>
    signInByLink(context, request.headers, input),
  );
}
