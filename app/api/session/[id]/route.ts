import { SIGNED_IN } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { endOwnSession } from '#server/web/identity/end-sessions.ts';

type Route = { readonly params: Promise<{ id: string }> };

/** DELETE /api/session/[id]: ends one of one's own sessions. */
export function DELETE(request: Request, { params }: Route): Promise<Response> {
  return answer(request, SIGNED_IN, async (context) =>
    endOwnSession(context, request.headers, (await params).id),
  );
}
