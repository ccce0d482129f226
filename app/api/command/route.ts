import { commandsOf } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { readBody } from '#server/web/read-body.ts';
import { postCommand, withMessages } from '#server/web/user-calls.ts';

/** POST /api/command: user_id, event_type, payload → message, aggregate_id, event_type, sequence */
export function POST(request: Request): Promise<Response> {
  return answer(
    request,
    commandsOf('users'),
    async (context) => postCommand(context, await readBody(request)),
    withMessages,
  );
}
