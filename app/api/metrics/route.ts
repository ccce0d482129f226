import { VIEW_ALL } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { readMetrics } from '#server/web/metrics/read-metrics.ts';

/** GET /api/metrics → the web server's metrics (docs/metrics.md), in Prometheus' text format. */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ALL, async (context) => {
    const { contentType } = context.metrics.registry;
    const headers = { 'Content-Type': contentType, 'Cache-Control': 'no-store' };
    return new Response(await readMetrics(context), { headers });
  });
}
