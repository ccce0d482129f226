import { type AggregateRoute, answerAggregateQuery } from '#server/web/answer-query.ts';
import { getViewsAtAnswer, viewsAtQuerySchema } from '#server/web/queries/views-at.ts';

/** GET /api/aggregates/[type]/[id]/views?sequence → viewsAtSchema */
export function GET(request: Request, route: AggregateRoute): Promise<Response> {
  return answerAggregateQuery(
    request,
    route,
    viewsAtQuerySchema,
    ({ store, registry }, aggregateId, query) =>
      getViewsAtAnswer(store, registry, aggregateId, query),
  );
}
