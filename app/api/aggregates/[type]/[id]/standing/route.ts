import { type AggregateRoute, answerAggregateQuery } from '#server/web/answer-query.ts';
import {
  getAggregateStanding,
  standingQuerySchema,
} from '#server/web/queries/aggregate-standing.ts';

/** GET /api/aggregates/[type]/[id]/standing → aggregateStandingSchema */
export function GET(request: Request, route: AggregateRoute): Promise<Response> {
  return answerAggregateQuery(request, route, standingQuerySchema, getAggregateStanding);
}
