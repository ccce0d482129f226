import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { accountQuerySchema, findAccount } from '#server/web/queries/account-answer.ts';

/** GET /api/accounts/[accountId]?consistency&sequence&timeout → accountAnswerSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, accountQuerySchema, findAccount);
}
