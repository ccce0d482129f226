import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { curveQuerySchema, getCurve } from '#server/web/queries/curve.ts';
import { waitForEvent } from '#server/web/wait-for-event.ts';

/** GET /api/accounts/[accountId]/curve?points&sequence&timeout → curveSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(
    request,
    route,
    curveQuerySchema,
    async (context, accountId, { points, ...wait }) => {
      await waitForEvent(context, ['transactions'], accountId, wait);
      return getCurve(context.scans, accountId, points);
    },
  );
}
