import { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { getUserHotViews } from '#server/modules/users/queries/user-hot-views.ts';
import { answerAggregateQuery, toAggregateRoute } from '#server/web/answer-query.ts';

type UserRoute = { params: Promise<{ userId: string }> };

/** GET /api/users/[userId]/hot-views → userHotViewsSchema */
export function GET(request: Request, route: UserRoute): Promise<Response> {
  return answerAggregateQuery(
    request,
    toAggregateRoute(route, 'user', 'userId'),
    z.object({}),
    ({ dynamo }, aggregateId) => getUserHotViews(dynamo, parseAggregateId(aggregateId).id),
  );
}
