import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { getTimelinePage, timelineQuerySchema } from '#server/web/queries/timeline-page.ts';

/** GET /api/accounts/[accountId]/timeline?cursor&limit → timelinePageSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, timelineQuerySchema, ({ store }, accountId, query) =>
    getTimelinePage(store, accountId, query),
  );
}
