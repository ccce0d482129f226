import { answerQuery } from '#server/web/answer-query.ts';
import { eventsQuerySchema, getEventsPage } from '#server/web/queries/events-page.ts';

/** GET /api/events?type&accountId&actor&correlationId&q&cursor&limit → eventsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, eventsQuerySchema, ({ db }, query) => getEventsPage(db, query));
}
