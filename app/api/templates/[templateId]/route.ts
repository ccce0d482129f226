import { parseAggregateId } from '#lib/aggregate-id.ts';
import {
  findTemplate,
  templateQuerySchema,
} from '#server/modules/templates/queries/template-answer.ts';
import { answerAggregateQuery, toAggregateRoute } from '#server/web/answer-query.ts';

type Route = { params: Promise<{ templateId: string }> };

/** GET /api/templates/[templateId]?shown&sequence&timeout → templateAnswerSchema */
export function GET(request: Request, given: Route): Promise<Response> {
  const route = toAggregateRoute(given, 'template', 'templateId');
  return answerAggregateQuery(request, route, templateQuerySchema, (context, aggregateId, query) =>
    findTemplate(context, parseAggregateId(aggregateId).id, query),
  );
}
