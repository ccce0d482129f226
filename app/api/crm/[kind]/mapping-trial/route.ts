import { viewOf } from '#lib/rights.ts';
import { requireKindOf } from '#server/modules/crm/queries/entity-kinds.ts';
import { mappingTrialQuerySchema, tryMapping } from '#server/modules/crm/queries/try-mapping.ts';
import { answerPost } from '#server/web/identity/answer-post.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

type Route = { readonly params: Promise<{ kind: string }> };

/** POST /api/crm/[kind]/mapping-trial: a mapping and a sample’s size → mappingTrialSchema. Writes nothing. */
export function POST(request: Request, { params }: Route): Promise<Response> {
  return answerPost(request, viewOf('crm'), mappingTrialQuerySchema, async ({ scans }, input) =>
    toJsonAnswer(await tryMapping(scans, requireKindOf((await params).kind), input)),
  );
}
