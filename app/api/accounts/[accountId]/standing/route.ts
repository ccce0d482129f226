import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { getAccountStanding, standingQuerySchema } from '#server/web/queries/account-standing.ts';

/** GET /api/accounts/[accountId]/standing → accountStandingSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, standingQuerySchema, getAccountStanding);
}
