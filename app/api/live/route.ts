import { answer } from '#server/web/answer-query.ts';
import { createLiveResponse } from '#server/web/live/live-response.ts';

/** GET /api/live: server-sent events, each a liveMessageSchema; resumes after Last-Event-ID. */
export function GET(request: Request): Promise<Response> {
  return answer(request, async ({ liveHub }) => createLiveResponse(liveHub, request));
}
