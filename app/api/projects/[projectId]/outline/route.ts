import {
  getTopologyOutline,
  topologyOutlineQuerySchema,
} from '#server/modules/projects/queries/topology-outline.ts';
import { answerAggregateQuery, toAggregateRoute } from '#server/web/answer-query.ts';

type Route = { params: Promise<{ projectId: string }> };

/** GET /api/projects/[projectId]/outline?from&to → topologyOutlineSchema; at most 1,000 events. */
export function GET(request: Request, given: Route): Promise<Response> {
  const route = toAggregateRoute(given, 'project', 'projectId');
  return answerAggregateQuery(
    request,
    route,
    topologyOutlineQuerySchema,
    ({ store }, aggregateId, query) => getTopologyOutline(store, aggregateId, query),
  );
}
