import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getHealth } from '#server/web/queries/health.ts';

/** GET /api/health → healthSchema: 200, or 503 when anything is down. */
export function GET(request: Request): Promise<Response> {
  return answer(request, null, async (context) => {
    const health = await getHealth(context.systemWatch);
    return toJsonAnswer(health, health.status === 'ok' ? 200 : 503);
  });
}
