import { parseAggregateId } from '#lib/aggregate-id.ts';
import {
  getTemplateUsage,
  templateUsageQuerySchema,
} from '#server/modules/projects/queries/template-usage.ts';
import { answerAggregateQuery, toAggregateRoute } from '#server/web/answer-query.ts';

type Route = { params: Promise<{ templateId: string }> };

/** GET /api/templates/[templateId]/usage?cursor&limit → templateUsageSchema */
export function GET(request: Request, given: Route): Promise<Response> {
  const route = toAggregateRoute(given, 'template', 'templateId');
  return answerAggregateQuery(
    request,
    route,
    templateUsageQuerySchema,
    (context, aggregateId, query) =>
      getTemplateUsage(context.db, parseAggregateId(aggregateId).id, query),
  );
}
