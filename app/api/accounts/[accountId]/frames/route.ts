import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { framesQuerySchema, getFramesAnswer } from '#server/web/queries/frames.ts';

/** GET /api/accounts/[accountId]/frames?from&to → framesSchema; at most 500, both ends included. */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, framesQuerySchema, ({ store }, accountId, range) =>
    getFramesAnswer(store, accountId, range),
  );
}
