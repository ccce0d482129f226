import { PlayheadError } from '#lib/playhead-error.ts';
import { answerApi } from '#server/web/api/answer-api.ts';
import { withProblems } from '#server/web/api/problem-answer.ts';
import { type ApiGatewayAnswer, toAnswer, toRequest } from './api-gateway-request.ts';
import { withDatabaseUrl } from './read-database-url.ts';

// The web server's context reads its settings from there, at the first request.
Object.assign(process.env, await withDatabaseUrl(process.env));

/** API Gateway waits for a whole answer, and this one never ends. */
const ENDLESS = '/api/v1/events/stream';

/** The function behind the API for programs: it answers as the web server does. */
export async function handler(event: unknown): Promise<ApiGatewayAnswer> {
  const request = toRequest(event);
  const { pathname } = new URL(request.url);
  const response = await withProblems(
    async () => {
      if (pathname === ENDLESS || !isDecodable(pathname)) {
        const sentence =
          'Nothing is served at this address here; the stream of events is at the console’s.';
        throw new PlayheadError('ROUTE_NOT_FOUND', sentence);
      }
      return answerApi(request);
    },
    // Both are the caller's own mistakes; answerApi logs what is not.
    () => {},
  );
  return toAnswer(response);
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
