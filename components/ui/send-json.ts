import type { z } from 'zod';
import { apiErrorSchema } from '#lib/contracts/queries.ts';

/** What the server said to something that was sent, or why nothing came of it. */
export type Sent<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly message: string; readonly field: string | undefined };

/** Sends JSON to one of the console's own addresses. A failure is data, for the form to show. */
export async function sendJson<Answer>(
  schema: z.ZodType<Answer>,
  path: string,
  body: unknown = {},
  method: 'POST' | 'DELETE' = 'POST',
): Promise<Sent<Answer>> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  try {
    const response = await fetch(path, { method, headers, body: JSON.stringify(body) });
    const given: unknown = await response.json();
    const answer = schema.safeParse(given);
    if (response.ok && answer.success) {
      return { ok: true, answer: answer.data };
    }
    const refusal = apiErrorSchema.safeParse(given).data?.error;
    return refusal === undefined
      ? {
          ok: false,
          message: 'The server answered in a form that this page does not know.',
          field: undefined,
        }
      : { ok: false, message: refusal.message, field: refusal.field };
  } catch {
    const message = 'The console’s web server does not answer. Is it running?';
    return { ok: false, message, field: undefined };
  }
}
