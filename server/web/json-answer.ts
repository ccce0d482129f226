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

/** Answers what `respond` does, or its error in a form of its own; `onError` hears of each error. */
export type WithErrors = (
  respond: () => Promise<Response>,
  onError: (error: PlayheadError) => void,
) => Promise<Response>;

/** Gives errors a form: every address has one of three, each with the status of the error's code. */
export function answerErrorsBy(toAnswer: (error: PlayheadError) => Response): WithErrors {
  return async (respond, onError) => {
    try {
      return await respond();
    } catch (cause) {
      const error = toWebError(cause);
      onError(error);
      return toAnswer(error);
    }
  };
}

/** Errors in the form of the console's own addresses. */
export const withJsonErrors = answerErrorsBy(({ code, message, field }) =>
  toJsonAnswer({ error: { code, message, field } }, toHttpStatus(code), toErrorHeaders(code)),
);
