import { passkeySignInSchema } from '#lib/contracts/sign-in.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { signInByPasskey } from '#server/web/identity/passkey-sign-in.ts';

/** POST /api/sign-in/passkey → signedInSchema, with the session's cookie. Everybody may ask. */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, null, passkeySignInSchema, (context, input) =>
    signInByPasskey(context, request.headers, input),
  );
}
