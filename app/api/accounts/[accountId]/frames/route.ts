import type { AccountRoute } from '#server/web/answer-account-query.ts';
import { toAggregateRoute } from '#server/web/answer-query.ts';
import { GET as getOfAggregate } from '../../../aggregates/[type]/[id]/frames/route.ts';

/** GET /api/accounts/[accountId]/frames: the same as of the aggregate `account`. */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return getOfAggregate(request, toAggregateRoute(route, 'account', 'accountId'));
}
