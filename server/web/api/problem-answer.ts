import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { PlayheadError } from '#lib/playhead-error.ts';
import { toErrorHeaders, toHttpStatus } from '../http-status.ts';
import { toWebError } from '../to-web-error.ts';

/** A failed answer of the API for programs: RFC 9457, with the literal code and the field that it is about. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  field: z.string().optional(),
});

/** What `respond` answers, or its error as a problem, with the status of its code. */
export async function withProblems(
  respond: () => Promise<Response>,
  onError: (error: PlayheadError) => void,
): Promise<Response> {
  try {
    return await respond();
  } catch (cause) {
    const error = toWebError(cause);
    onError(error);
    const { code, message, field } = error;
    const status = toHttpStatus(code);
    const problem: z.infer<typeof problemSchema> = {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      detail: message,
      code,
      ...(field === undefined ? {} : { field }),
    };
    const headers = {
      'Cache-Control': 'no-store',
      ...toErrorHeaders(code),
      'Content-Type': 'application/problem+json',
    };
    return new Response(JSON.stringify(problem), { status, headers });
  }
}
