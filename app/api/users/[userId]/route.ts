import { parseAggregateId } from '#lib/aggregate-id.ts';
import { findUser, userQuerySchema } from '#server/modules/users/queries/user-answer.ts';
import { answerAggregateQuery, toAggregateRoute } from '#server/web/answer-query.ts';

type UserRoute = { params: Promise<{ userId: string }> };

/** GET /api/users/[userId]?sequence&timeout → userAnswerSchema */
export function GET(request: Request, route: UserRoute): Promise<Response> {
  return answerAggregateQuery(
    request,
    toAggregateRoute(route, 'user', 'userId'),
    userQuerySchema,
    (context, aggregateId, query) => findUser(context, parseAggregateId(aggregateId).id, query),
  );
}
