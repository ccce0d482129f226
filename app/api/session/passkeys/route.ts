import { newPasskeySchema } from '#lib/contracts/sign-in.ts';
import { SIGNED_IN } from '#lib/rights.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { addPasskey } from '#server/web/identity/own-passkeys.ts';

/** POST /api/session/passkeys → passkeyAnswerSchema */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, SIGNED_IN, newPasskeySchema, (context, input) =>
    addPasskey(context, request.headers, input),
  );
}
