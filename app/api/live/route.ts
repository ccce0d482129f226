import { VIEW_ANY } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { maySee } from '#server/web/identity/rights-of.ts';
import { createLiveResponse } from '#server/web/live/live-response.ts';

/** GET /api/live: server-sent events, each a liveMessageSchema; resumes after Last-Event-ID. */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ANY, async ({ liveHub, registry, authorize, principal }) => {
    let { rights } = principal;
    return createLiveResponse(liveHub, request, {
      maySee: (aggregateId) => maySee(registry, rights, aggregateId),
      stillMay: async () => {
        ({ rights } = await authorize(request.headers, VIEW_ANY));
      },
    });
  });
}
