import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

/** GET /api/system → systemStateSchema: what every badge and card of every page comes from. */
export function GET(request: Request): Promise<Response> {
  return answer(request, async ({ systemWatch, launcher }) =>
    toJsonAnswer({ ...(await systemWatch.read()), launcher }),
  );
}
