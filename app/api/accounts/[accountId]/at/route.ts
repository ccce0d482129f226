import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { findSequenceAt, sequenceAtQuerySchema } from '#server/web/queries/sequence-at.ts';

/** GET /api/accounts/[accountId]/at?time → sequenceAtSchema; the time in ISO 8601. */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(request, route, sequenceAtQuerySchema, ({ store }, accountId, query) =>
    findSequenceAt(store, accountId, query),
  );
}
