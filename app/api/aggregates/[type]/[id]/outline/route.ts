import { type AggregateRoute, answerAggregateQuery } from '#server/web/answer-query.ts';
import { getOutline, outlineQuerySchema } from '#server/web/queries/outline.ts';

/** GET /api/aggregates/[type]/[id]/outline?buckets → outlineSchema */
export function GET(request: Request, route: AggregateRoute): Promise<Response> {
  return answerAggregateQuery(request, route, outlineQuerySchema, ({ scans }, aggregateId, query) =>
    getOutline(scans, aggregateId, query),
  );
}
