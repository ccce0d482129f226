import 'server-only';
import { PlayheadError } from '#lib/playhead-error.ts';
import { holdsRight } from '#lib/rights.ts';
import { answer } from '../answer-query.ts';
import { type ApiEndpoint, toPathNames } from './api-endpoint.ts';
import { toEndpoints } from './endpoints.ts';
import { withProblems } from './problem-answer.ts';

const PREFIX = '/api/v1';

let endpoints: readonly (ApiEndpoint & { readonly matcher: RegExp })[] | undefined;

/**
 * Answers a request of a program. It must name a token that holds the right: nothing else lets anybody in,
 * neither a cookie nor where the request comes from.
 */
export async function answerApi(request: Request): Promise<Response> {
  let rateHeaders: Readonly<Record<string, string>> = {};
  const response = await answer(
    request,
    null,
    async (context) => {
      const { name, scopes } = await context.checkToken(request.headers.get('authorization'));
      const { headers, isOver } = await context.limitRate(name);
      rateHeaders = headers;
      if (isOver) {
        throw new PlayheadError('RATE_LIMITED', 'This token has asked too often. Wait a moment.');
      }
      endpoints ??= toEndpoints(context.registry).map(withMatcher);
      const { endpoint, params } = findEndpoint(endpoints, request);
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
  for (const [name, value] of Object.entries(rateHeaders)) {
    response.headers.set(name, value);
  }
  return response;
}

function withMatcher(endpoint: ApiEndpoint) {
  const pattern = endpoint.path.replaceAll(/\{\w+\}/g, '([^/]+)');
  return { ...endpoint, matcher: new RegExp(`^${PREFIX}${pattern}/?$`) };
}

function findEndpoint(
  known: NonNullable<typeof endpoints>,
  { method, url }: Request,
): { endpoint: ApiEndpoint; params: Record<string, string> } {
  const { pathname } = new URL(url);
  const there = known.filter(({ matcher }) => matcher.test(pathname));
  const endpoint = there.find((each) => each.method === (method === 'HEAD' ? 'GET' : method));
  if (endpoint === undefined) {
    throw there.length === 0
      ? new PlayheadError(
          'ROUTE_NOT_FOUND',
          'There is nothing at this address: see /api/v1/openapi.json.',
        )
      : new PlayheadError(
          'METHOD_NOT_ALLOWED',
          `This address takes ${there.map((each) => each.method).join(', ')}.`,
        );
  }
  const [, ...parts] = endpoint.matcher.exec(pathname) ?? [];
  const names = toPathNames(endpoint.path);
  // The web server has refused a path that cannot be decoded.
  return {
    endpoint,
    params: Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(parts[index] ?? '')]),
    ),
  };
}
