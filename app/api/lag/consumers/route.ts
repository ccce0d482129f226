import { VIEW_ANY } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getConsumerLagAnswer } from '#server/web/queries/consumer-lag.ts';

/** GET /api/lag/consumers → consumerLagSchema: the DynamoDB half of the lag. */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ANY, async ({ systemWatch }) =>
    toJsonAnswer(await getConsumerLagAnswer(systemWatch)),
  );
}
