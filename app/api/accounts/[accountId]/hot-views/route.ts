import { z } from 'zod';
import { getHotViews } from '#server/modules/bank/queries/hot-views.ts';
import { type AccountRoute, answerAccountQuery } from '#server/web/answer-account-query.ts';

/** GET /api/accounts/[accountId]/hot-views → hotViewsSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, z.object({}), ({ dynamo }, accountId) =>
    getHotViews(dynamo, accountId),
  );
}
