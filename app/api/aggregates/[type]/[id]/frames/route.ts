import { type AggregateRoute, answerAggregateQuery } from '#server/web/answer-query.ts';
import { framesQuerySchema, getFramesAnswer } from '#server/web/queries/frames.ts';

/** GET /api/aggregates/[type]/[id]/frames?from&to → framesSchema; at most 500, both ends included. */
export function GET(request: Request, route: AggregateRoute): Promise<Response> {
  return answerAggregateQuery(request, route, framesQuerySchema, ({ store }, aggregateId, range) =>
    getFramesAnswer(store, aggregateId, range),
  );
}
