import { invitationSchema } from '#lib/contracts/sign-in.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { acceptInvitation } from '#server/web/identity/passwords.ts';

/** POST /api/sign-in/invitation. An invitation’s code and the password that is chosen → signedInSchema, with the session's cookie. Everybody may ask. */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, null, invitationSchema, (context, input) =>
    acceptInvitation(context, request.headers, input),
  );
}
