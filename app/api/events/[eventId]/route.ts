import { parseAggregateId } from '#lib/aggregate-id.ts';
import { VIEW_ANY } from '#lib/rights.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { answer } from '#server/web/answer-query.ts';
import { viewOfAggregateType } from '#server/web/identity/rights-of.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getEventDetail } from '#server/web/queries/event-detail.ts';

type EventRoute = { readonly params: Promise<{ eventId: string }> };

/** GET /api/events/[eventId] → eventDetailSchema */
export function GET(request: Request, { params }: EventRoute): Promise<Response> {
  return answer(request, VIEW_ANY, async (context) => {
    const { eventId } = await params;
    const detail = await getEventDetail(context, toSearchText(eventId));
    const { type } = parseAggregateId(detail.event.aggregateId);
    await context.authorize(request.headers, viewOfAggregateType(context.registry, type));
    return toJsonAnswer(detail);
  });
}
