import { holdsRight, VIEW_ANY, viewOf } from '#lib/rights.ts';
import { answerQuery } from '#server/web/answer-query.ts';
import { maySee } from '#server/web/identity/rights-of.ts';
import { search, searchQuerySchema } from '#server/web/queries/search.ts';

/** GET /api/search?q → searchSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(
    request,
    VIEW_ANY,
    searchQuerySchema,
    async ({ scans, registry, principal: { rights } }, query) => {
      const modules = registry.modules.filter(({ name }) => holdsRight(rights, viewOf(name)));
      const { aggregates, events } = await search(scans, { modules }, query);
      const seen = events.filter(({ aggregateId }) => maySee(registry, rights, aggregateId));
      return { aggregates, events: seen };
    },
  );
}
