import { SIGNED_IN } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { signOut } from '#server/web/identity/end-sessions.ts';
import { getSessionAnswer } from '#server/web/identity/session-answer.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

/** GET /api/session → sessionAnswerSchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, SIGNED_IN, async (context) =>
    toJsonAnswer(await getSessionAnswer(context, request.headers)),
  );
}

/** DELETE /api/session: signs out here. Everybody may ask. */
export function DELETE(request: Request): Promise<Response> {
  return answer(request, null, (context) => signOut(context, request.headers));
}
