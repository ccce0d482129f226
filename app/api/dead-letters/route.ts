import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { deadLettersQuerySchema, getDeadLetters } from '#server/web/queries/dead-letters.ts';

/** GET /api/dead-letters?state=&projection=&category=&eventType=&errorGroup=&aggregateId= → deadLettersSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(
    request,
    VIEW_ALL,
    deadLettersQuerySchema,
    ({ scans, dynamo, store, registry }, query) =>
      getDeadLetters({ db: scans, dynamo, store, registered: registry }, query),
  );
}
