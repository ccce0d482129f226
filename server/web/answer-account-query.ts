import 'server-only';
import type { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { answerAggregateQuery, toAggregateRoute } from './answer-query.ts';
import type { RequestContext } from './context.ts';

/** The path's parameters of a route below /api/accounts/[accountId]. */
export type AccountRoute = { readonly params: Promise<{ accountId: string }> };

/** Answers a GET request about one account, whose id comes in its one form. */
export function answerAccountQuery<Query>(
  request: Request,
  route: AccountRoute,
  schema: z.ZodType<Query>,
  ask: (context: RequestContext, accountId: string, query: Query) => Promise<unknown>,
): Promise<Response> {
  return answerAggregateQuery(
    request,
    toAggregateRoute(route, 'account', 'accountId'),
    schema,
    (context, aggregateId, query) => ask(context, parseAggregateId(aggregateId).id, query),
  );
}
