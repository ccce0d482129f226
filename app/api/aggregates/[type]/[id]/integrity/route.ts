import { type AggregateRoute, answerAggregateQuery } from '#server/web/answer-query.ts';
import {
  getAggregateIntegrity,
  integrityQuerySchema,
} from '#server/web/queries/aggregate-integrity.ts';

/** GET /api/aggregates/[type]/[id]/integrity → aggregateIntegritySchema */
export function GET(request: Request, route: AggregateRoute): Promise<Response> {
  return answerAggregateQuery(
    request,
    route,
    integrityQuerySchema,
    ({ store, scans, dynamo, registry, commandRetentionDays }, aggregateId) =>
      getAggregateIntegrity(
        { store, db: scans, dynamo, registered: registry, commandRetentionDays },
        aggregateId,
      ),
  );
}
