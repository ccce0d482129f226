import { ADMINISTER_USERS } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { invite } from '#server/web/identity/invite.ts';

type Route = { readonly params: Promise<{ userId: string }> };

/** POST /api/users/[userId]/invitation → invitationAnswerSchema: a link by which they choose a password. */
export function POST(request: Request, { params }: Route): Promise<Response> {
  return answer(request, ADMINISTER_USERS, async (context) =>
    invite(context, request.headers, (await params).userId),
  );
}
