import { parseAggregateId } from '#lib/aggregate-id.ts';
import {
  getTemplateDifference,
  templateDifferenceQuerySchema,
} from '#server/modules/templates/queries/template-difference.ts';
import { answerAggregateQuery, toAggregateRoute } from '#server/web/answer-query.ts';

type Route = { params: Promise<{ templateId: string }> };

/** GET /api/templates/[templateId]/difference?from&to → templateDifferenceSchema */
export function GET(request: Request, given: Route): Promise<Response> {
  const route = toAggregateRoute(given, 'template', 'templateId');
  return answerAggregateQuery(
    request,
    route,
    templateDifferenceQuerySchema,
    (context, aggregateId, query) =>
      getTemplateDifference(context.db, parseAggregateId(aggregateId).id, query),
  );
}
