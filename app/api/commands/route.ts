import { answerQuery } from '#server/web/answer-query.ts';
import { commandsQuerySchema, getCommandsPage } from '#server/web/commands/commands-page.ts';

/** GET /api/commands?outcome=&type=&actor=&aggregate=&cursor=&limit= → commandsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, commandsQuerySchema, getCommandsPage);
}
