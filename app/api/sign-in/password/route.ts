import { passwordSignInSchema } from '#lib/contracts/sign-in.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { signInByPassword } from '#server/web/identity/passwords.ts';

/** POST /api/sign-in/password. An address and a password → signedInSchema, with the session's cookie. Everybody may ask. */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, null, passwordSignInSchema, (context, input) =>
    signInByPassword(context, request.headers, input),
  );
}
