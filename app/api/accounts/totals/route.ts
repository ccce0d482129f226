import { viewOf } from '#lib/rights.ts';
import { getBankTotals } from '#server/modules/bank/queries/bank-totals.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

/** GET /api/accounts/totals → bankTotalsSchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, viewOf('bank'), async ({ db }) => toJsonAnswer(await getBankTotals(db)));
}
