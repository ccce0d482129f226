import { accountQuerySchema, findAccount } from '#server/modules/bank/queries/account-answer.ts';
import { type AccountRoute, answerAccountQuery } from '#server/web/answer-account-query.ts';

/** GET /api/accounts/[accountId]?consistency&sequence&timeout → accountAnswerSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, accountQuerySchema, findAccount);
}
