import { viewOf } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { getDetail, withMessages } from '#server/web/user-calls.ts';

/** GET /api/detail?user_id= → UserID, Name, Email, Balance */
export function GET(request: Request): Promise<Response> {
  const userId = new URL(request.url).searchParams.get('user_id');
  return answer(request, viewOf('users'), (context) => getDetail(context, userId), withMessages);
}
