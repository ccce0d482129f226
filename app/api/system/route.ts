import { holdsRight, VIEW_ALL, VIEW_ANY } from '#lib/rights.ts';
import { answer } from '#server/web/answer-query.ts';
import { maySee } from '#server/web/identity/rights-of.ts';
import { toJsonAnswer } from '#server/web/json-answer.ts';

/** GET /api/system → systemStateSchema: what every badge and card of every page comes from. */
export function GET(request: Request): Promise<Response> {
  return answer(request, VIEW_ANY, async ({ systemWatch, launcher, registry, principal }) => {
    const { causes, failingWebhooks, ...state } = await systemWatch.read();
    const seen = causes.filter(({ events }) =>
      events.every(({ aggregateId }) => maySee(registry, principal.rights, aggregateId)),
    );
    const isOfAll = holdsRight(principal.rights, VIEW_ALL);
    return toJsonAnswer({
      ...state,
      causes: seen,
      failingWebhooks: isOfAll ? failingWebhooks : [],
      launcher,
    });
  });
}
