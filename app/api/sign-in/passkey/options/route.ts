import { z } from 'zod';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { beginPasskeySignIn } from '#server/web/identity/passkey-sign-in.ts';

/** POST /api/sign-in/passkey/options → passkeySignInOptionsSchema. Everybody may ask. */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, null, z.object({}), (context) =>
    beginPasskeySignIn(context, request.headers),
  );
}
