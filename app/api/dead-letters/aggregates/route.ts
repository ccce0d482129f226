import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import {
  deadLetterPageQuerySchema,
  getDeadLetterPage,
} from '#server/web/queries/dead-letter-page.ts';

/** GET /api/dead-letters/aggregates?projection=&…&cursor=&limit= → deadLetterPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(
    request,
    VIEW_ALL,
    deadLetterPageQuerySchema,
    ({ scans, dynamo, store, registry }, query) =>
      getDeadLetterPage({ db: scans, dynamo, store, registered: registry }, query),
  );
}
