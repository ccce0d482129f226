import type { PlayheadError } from '#lib/playhead-error.ts';
import { toErrorHeaders, toHttpStatus } from './http-status.ts';
import { toWebError } from './to-web-error.ts';

/** Answers are of this moment: no cache between here and the browser may keep one. */
const HEADERS = { 'Cache-Control': 'no-store' };

/** An answer as JSON. */
export function toJsonAnswer(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(body, { status, headers: { ...HEADERS, ...headers } });
}

/** What `respond` answers, or its error in the API's form, with the status of its code. */
export async function withJsonErrors(
  respond: () => Promise<Response>,
  onError: (error: PlayheadError) => void,
): Promise<Response> {
  try {
    return await respond();
  } catch (cause) {
    const error = toWebError(cause);
    onError(error);
    const { code, message, field } = error;
    const body = { error: { code, message, field } };
    return toJsonAnswer(body, toHttpStatus(code), toErrorHeaders(code));
  }
}
