import { answerList } from '#server/web/answer-list.ts';

/** GET /api/users?q&status&sort&dir&cursor&limit → usersPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerList(request, 'user-profiles');
}
