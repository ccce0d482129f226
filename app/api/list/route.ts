import { viewOf } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { getList, withMessages } from '#server/web/user-calls.ts';

/** GET /api/list → every user: UserID, Name, Email */
export function GET(request: Request): Promise<Response> {
  return answer(request, viewOf('users'), getList, withMessages);
}
