import 'server-only';
import type { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { answer, type NeededRight } from '../answer-query.ts';
import type { RequestContext } from '../context.ts';
import { readBody } from '../read-body.ts';

/**
 * Answers a POST request of who holds the right, whose body is JSON of that shape. A form of another site cannot send
 * JSON, and the web server has looked at Origin before. Throws INVALID_INPUT and BODY_TOO_LARGE.
 */
export function answerPost<Input>(
  request: Request,
  needed: NeededRight,
  schema: z.ZodType<Input>,
  respond: (context: RequestContext, input: Input) => Promise<Response>,
): Promise<Response> {
  return answer(request, needed, async (context) => {
    if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
      throw new PlayheadError('INVALID_INPUT', 'Send JSON, with Content-Type: application/json.');
    }
    return respond(context, parseInput(schema, await readBody(request)));
  });
}
