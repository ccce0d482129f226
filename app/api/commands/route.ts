import { VIEW_ALL } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { commandsQuerySchema, getCommandsPage } from '#server/web/commands/commands-page.ts';

/** GET /api/commands?outcome=&type=&actor=&aggregate=&cursor=&limit= → commandsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, VIEW_ALL, commandsQuerySchema, getCommandsPage);
}
