import { SIGNED_IN } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { removePasskey } from '#server/web/identity/own-passkeys.ts';

type Route = { readonly params: Promise<{ id: string }> };

/** DELETE /api/session/passkeys/[id] → passkeyAnswerSchema */
export function DELETE(request: Request, { params }: Route): Promise<Response> {
  return answer(request, SIGNED_IN, async (context) =>
    removePasskey(context, request.headers, (await params).id),
  );
}
