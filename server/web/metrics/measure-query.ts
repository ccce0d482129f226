import { toHttpStatus } from '../http-status.ts';
import { toWebError } from '../to-web-error.ts';
import { toRoutePattern } from './route-pattern.ts';
import type { WebMetrics } from './web-metrics.ts';

/** What `respond` answers or throws, counted by the request's route and the status that it means. */
export async function measureQuery(
  metrics: Pick<WebMetrics, 'queryAnswered'>,
  request: Request,
  respond: () => Promise<Response>,
): Promise<Response> {
  const startedAt = performance.now();
  const answered = (status: number) => {
    const route = toRoutePattern(new URL(request.url).pathname);
    metrics.queryAnswered({ route, status, seconds: (performance.now() - startedAt) / 1_000 });
  };
  try {
    const response = await respond();
    answered(response.status);
    return response;
  } catch (error) {
    answered(toHttpStatus(toWebError(error).code));
    throw error;
  }
}
