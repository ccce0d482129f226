import { answerList } from '#server/web/answer-list.ts';

type Route = { params: Promise<{ list: string }> };

/** GET /api/lists/[list]?q&sort&dir&cursor&limit, and its facets → listPageSchema */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  return answerList(request, (await params).list);
}
