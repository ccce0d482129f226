import { toAggregateId } from '#lib/aggregate-id.ts';
import { curveQuerySchema, getCurve } from '#server/modules/bank/queries/curve.ts';
import { waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { type AccountRoute, answerAccountQuery } from '#server/web/answer-account-query.ts';

/** GET /api/accounts/[accountId]/curve?points&sequence&timeout → curveSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(
    request,
    route,
    curveQuerySchema,
    async (context, accountId, { points, ...wait }) => {
      await waitForEvent(context, ['transactions'], toAggregateId('account', accountId), wait);
      return getCurve(context.scans, accountId, points);
    },
  );
}
