import { answerQuery } from '#server/web/answer-query.ts';
import { eventsQuerySchema, getEventsPage, isCounted } from '#server/web/queries/events-page.ts';

/** GET /api/events?type&accountId&actor&correlationId&q&cursor&limit → eventsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, eventsQuerySchema, ({ db, scans }, query) =>
    getEventsPage(isCounted(query) ? db : scans, query),
  );
}
