import { type AggregateRoute, answerAggregateQuery } from '#server/web/answer-query.ts';
import { getTimelinePage, timelineQuerySchema } from '#server/web/queries/timeline-page.ts';

/** GET /api/aggregates/[type]/[id]/timeline?cursor&limit → timelinePageSchema */
export function GET(request: Request, route: AggregateRoute): Promise<Response> {
  return answerAggregateQuery(
    request,
    route,
    timelineQuerySchema,
    ({ store }, aggregateId, query) => getTimelinePage(store, aggregateId, query),
  );
}
