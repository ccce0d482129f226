import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import {
  deadLetterDetailQuerySchema,
  getDeadLetterDetail,
} from '#server/web/queries/dead-letter-detail.ts';

/** GET /api/dead-letters/letter?projection=&aggregateId=&eventSequence= → deadLetterDetailSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(
    request,
    VIEW_ALL,
    deadLetterDetailQuerySchema,
    ({ db, dynamo, store, registry }, query) =>
      getDeadLetterDetail({ db, dynamo, store, registered: registry }, query),
  );
}
