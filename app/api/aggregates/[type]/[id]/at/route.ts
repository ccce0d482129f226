import { type AggregateRoute, answerAggregateQuery } from '#server/web/answer-query.ts';
import { findSequenceAt, sequenceAtQuerySchema } from '#server/web/queries/sequence-at.ts';

/** GET /api/aggregates/[type]/[id]/at?time → sequenceAtSchema; the time in ISO 8601. */
export function GET(request: Request, route: AggregateRoute): Promise<Response> {
  return answerAggregateQuery(
    request,
    route,
    sequenceAtQuerySchema,
    ({ store }, aggregateId, query) => findSequenceAt(store, aggregateId, query),
  );
}
