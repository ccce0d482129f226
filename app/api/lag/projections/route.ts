import { VIEW_ANY } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getProjectionLagAnswer } from '#server/web/queries/projection-lag.ts';

/** GET /api/lag/projections → projectionLagSchema: the PostgreSQL half of the lag. */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ANY, async ({ systemWatch }) =>
    toJsonAnswer(await getProjectionLagAnswer(systemWatch)),
  );
}
