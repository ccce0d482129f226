import { VIEW_ALL } from '#lib/rights.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getReplayPreview, replayQuerySchema } from '#server/web/queries/webhooks.ts';

type Route = { readonly params: Promise<{ name: string }> };

/** GET /api/webhooks/[name]/replay?position= or ?since= → replayPreviewSchema */
export function GET(request: Request, { params }: Route): Promise<Response> {
  return answerQuery(request, VIEW_ALL, replayQuerySchema, async ({ scans }, query) =>
    getReplayPreview(scans, toSearchText((await params).name), query),
  );
}
