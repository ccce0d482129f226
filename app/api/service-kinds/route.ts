import { viewOf } from '#lib/rights.ts';
import { getServiceKinds } from '#server/modules/projects/queries/service-kinds.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

/** GET /api/service-kinds → serviceKindsSchema */
export function GET(request: Request): Promise<Response> {
  return answer(request, viewOf('projects'), async ({ db }) =>
    toJsonAnswer(await getServiceKinds(db)),
  );
}
