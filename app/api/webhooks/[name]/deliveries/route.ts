import { VIEW_ALL } from '#lib/rights.ts';
import { toSearchText } from '#server/runtime/queries/parse-query.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { deliveriesQuerySchema, getDeliveries } from '#server/web/queries/webhooks.ts';

type Route = { readonly params: Promise<{ name: string }> };

/** GET /api/webhooks/[name]/deliveries?cursor=&limit= → webhookDeliveriesSchema */
export function GET(request: Request, { params }: Route): Promise<Response> {
  return answerQuery(request, VIEW_ALL, deliveriesQuerySchema, async ({ db }, query) =>
    getDeliveries(db, toSearchText((await params).name), query),
  );
}
