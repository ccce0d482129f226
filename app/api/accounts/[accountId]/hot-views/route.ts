import { z } from 'zod';
import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { getHotViews } from '#server/web/queries/hot-views.ts';

/** GET /api/accounts/[accountId]/hot-views → hotViewsSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, z.object({}), ({ dynamo }, accountId) =>
    getHotViews(dynamo, accountId),
  );
}
