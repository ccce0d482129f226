import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { getEventsPage } from '#server/web/queries/events-page.ts';
import { eventsQuerySchema, isCounted } from '#server/web/queries/events-query.ts';

/** GET /api/events?type&aggregateId&actor&correlationId&q&cursor&limit → eventsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ALL, eventsQuerySchema, ({ db, scans, store }, query) =>
    getEventsPage(isCounted(query) ? db : scans, store, query),
  );
}
