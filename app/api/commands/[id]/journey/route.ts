import { VIEW_ALL } from '#lib/rights.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getJourney, journeyQuerySchema } from '#server/web/commands/journey.ts';

type Route = { readonly params: Promise<{ id: string }> };

/** GET /api/commands/[id]/journey?correlation= → journeySchema */
export function GET(request: Request, { params }: Route): Promise<Response> {
  return answerQuery(request, VIEW_ALL, journeyQuerySchema, async (context, query) => {
    const { id } = await params;
    return getJourney(context, toSearchText(id), query);
  });
}
