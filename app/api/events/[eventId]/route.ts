import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { answer } from '#server/web/answer-query.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';
import { getEventDetail } from '#server/web/queries/event-detail.ts';

type EventRoute = { readonly params: Promise<{ eventId: string }> };

/** GET /api/events/[eventId] → eventDetailSchema */
export function GET(request: Request, { params }: EventRoute): Promise<Response> {
  return answer(request, async (context) => {
    const { eventId } = await params;
    return toJsonAnswer(await getEventDetail(context, toSearchText(eventId)));
  });
}
