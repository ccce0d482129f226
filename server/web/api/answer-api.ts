import 'server-only';
import { PlayheadError } from '#lib/playhead-error.ts';
import { holdsRight } from '#lib/rights.ts';
import { answer } from '../answer-query.ts';
import { type ApiEndpoint, toPathNames } from './api-endpoint.ts';
import { toEndpoints } from './endpoints.ts';
import { withProblems } from './problem-answer.ts';
import type { AnswerApi } from './serve-api.ts';

const PREFIX = '/api/v1';

declare global {
  /** For the web server (main.ts), which answers programs itself once Next has loaded this module. */
  var playheadApi: AnswerApi | undefined;
}

let endpoints: readonly (ApiEndpoint & { readonly matcher: RegExp })[] | undefined;

/**
 * Answers a request of a program. It must name a token that holds the right: nothing else lets anybody in,
 * neither a cookie nor where the request comes from.
 */
export async function answerApi(request: Request): Promise<Response> {
  const added = new Headers();
  const response = await answer(
    request,
    null,
    async (context) => {
      const { name, scopes } = await context.checkToken(request.headers.get('authorization'));
      const { headers, isOver } = await context.limitRate(name);
      addTo(added, headers);
      if (isOver) {
        throw new PlayheadError('RATE_LIMITED', 'This token has asked too often. Wait a moment.');
      }
      endpoints ??= toEndpoints(context.registry).map(withMatcher);
      const { endpoint, params, allowed } = findEndpoint(endpoints, request);
      if (endpoint === undefined) {
        addTo(added, { Allow: allowed });
        throw new PlayheadError('METHOD_NOT_ALLOWED', `This address takes ${allowed}.`);
      }
      const call = { context, request, actor: `token:${name}`, params };
      const right = endpoint.toRight(call);
      if (right !== undefined && !holdsRight(scopes, right)) {
        const sentence = `The token “${name}” needs the scope ${right.module}:${right.action}.`;
        throw new PlayheadError('SCOPE_MISSING', sentence);
      }
      return endpoint.respond(call);
    },
    withProblems,
  );
  addTo(response.headers, Object.fromEntries(added));
  return response;
}

globalThis.playheadApi = answerApi;

function addTo(headers: Headers, fields: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(fields)) {
    headers.set(name, value);
  }
}

function withMatcher(endpoint: ApiEndpoint) {
  const pattern = endpoint.path.replaceAll(/\{\w+\}/g, '([^/]+)');
  return { ...endpoint, matcher: new RegExp(`^${PREFIX}${pattern}/?$`) };
}

function findEndpoint(
  known: NonNullable<typeof endpoints>,
  { method, url }: Request,
): { endpoint: ApiEndpoint | undefined; params: Record<string, string>; allowed: string } {
  const { pathname } = new URL(url);
  const there = known.filter(({ matcher }) => matcher.test(pathname));
  const endpoint = there.find((each) => each.method === (method === 'HEAD' ? 'GET' : method));
  if (there.length === 0) {
    const sentence = 'There is nothing at this address: see /api/v1/openapi.json.';
    throw new PlayheadError('ROUTE_NOT_FOUND', sentence);
  }
  const [, ...parts] = endpoint?.matcher.exec(pathname) ?? [];
  const names = toPathNames(endpoint?.path ?? '');
  // The web server has refused a path that cannot be decoded.
  return {
    endpoint,
    allowed: [...new Set(there.map((each) => each.method))].join(', '),
    params: Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(parts[index] ?? '')]),
    ),
  };
}
