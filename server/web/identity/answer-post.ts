import 'server-only';
import type { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { answer, type NeededRight } from '../answer-query.ts';
import type { RequestContext } from '../context.ts';

/** More than any credential takes. */
const MAX_BODY_BYTES = 100_000;

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
    const text = await request.text();
    if (text.length > MAX_BODY_BYTES) {
      throw new PlayheadError('BODY_TOO_LARGE', 'This is more than anything here takes.');
    }
    return respond(context, parseInput(schema, toJson(text)));
  });
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlayheadError('INVALID_INPUT', 'The body is no JSON.', { cause });
  }
}
