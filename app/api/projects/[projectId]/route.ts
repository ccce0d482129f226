import { parseAggregateId } from '#lib/aggregate-id.ts';
import {
  findProject,
  projectQuerySchema,
} from '#server/modules/projects/queries/project-answer.ts';
import { answerAggregateQuery, toAggregateRoute } from '#server/web/answer-query.ts';

type Route = { params: Promise<{ projectId: string }> };

/** GET /api/projects/[projectId]?sequence&timeout → projectAnswerSchema */
export function GET(request: Request, given: Route): Promise<Response> {
  const route = toAggregateRoute(given, 'project', 'projectId');
  return answerAggregateQuery(request, route, projectQuerySchema, (context, aggregateId, query) =>
    findProject(context, parseAggregateId(aggregateId).id, query),
  );
}
