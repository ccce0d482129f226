import { z } from 'zod';
import { SIGNED_IN } from '#lib/rights.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { beginPasskey } from '#server/web/identity/own-passkeys.ts';

/** POST /api/session/passkeys/options → passkeyOptionsSchema */
export function POST(request: Request): Promise<Response> {
  return answerPost(request, SIGNED_IN, z.object({}), (context) =>
    beginPasskey(context, request.headers),
  );
}
