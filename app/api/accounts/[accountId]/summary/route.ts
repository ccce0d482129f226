import { z } from 'zod';
import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { waitParams } from '#server/web/parse-query.ts';
import { getAccountSummary } from '#server/web/queries/account-summary.ts';
import { waitForEvent } from '#server/web/wait-for-event.ts';

const PROJECTIONS = ['account-summaries', 'daily-balances'];

/** GET /api/accounts/[accountId]/summary?sequence&timeout → accountSummarySchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(
    request,
    route,
    z.object(waitParams),
    async (context, accountId, wait) => {
      await waitForEvent(context, PROJECTIONS, accountId, wait);
      return getAccountSummary(context.db, accountId);
    },
  );
}
