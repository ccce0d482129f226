import { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { getAccountSummary } from '#server/modules/bank/queries/account-summary.ts';
import { waitParams } from '#server/runtime/queries/parse-query.ts';
import { waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { type AccountRoute, answerAccountQuery } from '#server/web/answer-account-query.ts';

const PROJECTIONS = ['account-summaries', 'daily-balances'];

/** GET /api/accounts/[accountId]/summary?sequence&timeout → accountSummarySchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(
    request,
    route,
    z.object(waitParams),
    async (context, accountId, wait) => {
      await waitForEvent(context, PROJECTIONS, toAggregateId('account', accountId), wait);
      return getAccountSummary(context.db, accountId);
    },
  );
}
