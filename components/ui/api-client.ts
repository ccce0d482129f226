import type { z } from 'zod';
import { apiErrorSchema } from '#lib/contracts/queries.ts';

/**
 * Why a question to the API was not answered: the code and sentence that the server gave, or
 * UNREACHABLE (no answer at all), TIMED_OUT and UNREADABLE (an answer of another shape). `status` is
 * the HTTP status, 0 without an answer; `retryAfterMs` is when the server said to ask again.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly retryAfterMs: number | null;

  constructor(
    code: string,
    message: string,
    status: number,
    { cause, retryAfterMs = null }: { cause?: unknown; retryAfterMs?: number | null } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer is waited for this long: longer than any question is meant to take. */
const TIMEOUT_MS = 10_000;

export type ApiParams = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

export type ApiOptions = {
  /** Query parameters: empty ones are left out, a list repeats its name. */
  readonly params?: ApiParams | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Statuses whose body is an answer as well: /api/health answers 503 when something is down. */
  readonly answers?: readonly number[];
};

/** Asks the API (a path such as "/api/accounts") and parses the answer. Throws ApiError. */
export async function fetchApi<T>(
  schema: z.ZodType<T>,
  path: string,
  { params, signal, answers = [] }: ApiOptions = {},
): Promise<T> {
  const response = await send(path + toSearch(params), signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok && !answers.includes(response.status)) {
    throw toApiError(response, body);
  }
  const answer = schema.safeParse(body);
  if (!answer.success) {
    const issue = answer.error.issues[0];
    throw new ApiError(
      'UNREADABLE',
      `The server answered ${path} in a form that this page does not know` +
        `${issue ? ` (${issue.path.join('.')}: ${issue.message})` : ''}. Reload the page.`,
      response.status,
      { cause: answer.error },
    );
  }
  return answer.data;
}

/** Query parameters as a search text with its question mark; empty when there are none. */
export function toSearch(params: ApiParams = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (one !== null && one !== undefined && one !== '') {
        search.append(name, String(one));
      }
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}

async function send(url: string, signal: AbortSignal | undefined): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(url, {
      headers: { accept: 'application/json' },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (cause) {
    if (signal?.aborted) {
      throw cause;
    }
    if (timeout.aborted) {
      const sentence = `There was no answer within ${TIMEOUT_MS / 1_000} seconds.`;
      throw new ApiError('TIMED_OUT', sentence, 0, { cause });
    }
    const sentence = 'The console’s web server does not answer. Is it running?';
    throw new ApiError('UNREACHABLE', sentence, 0, { cause });
  }
}

function toApiError({ status, headers }: Response, body: unknown): ApiError {
  const parsed = apiErrorSchema.safeParse(body);
  const seconds = /^\d{1,3}$/.exec(headers.get('Retry-After') ?? '')?.[0];
  const retryAfterMs = seconds === undefined ? null : Number(seconds) * 1_000;
  return parsed.success
    ? new ApiError(parsed.data.error.code, parsed.data.error.message, status, { retryAfterMs })
    : new ApiError('UNEXPECTED', `The server answered with status ${status}.`, status);
}
