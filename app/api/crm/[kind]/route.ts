import { z } from 'zod';
import { viewOf } from '#lib/rights.ts';
import { entitiesQuerySchema, getEntitiesPage } from '#server/modules/crm/queries/entities-page.ts';
import { requireKindOf } from '#server/modules/crm/queries/entity-kinds.ts';
import { answerQuery } from '#server/web/answer-query.ts';

type Route = { readonly params: Promise<{ kind: string }> };

const querySchema = entitiesQuerySchema.extend({ dir: z.enum(['asc', 'desc']).default('asc') });

/** GET /api/crm/[kind]?q&filter&attention&sort&dir&cursor&limit → entitiesPageSchema */
export function GET(request: Request, { params }: Route): Promise<Response> {
  return answerQuery(request, viewOf('crm'), querySchema, async ({ db, scans }, query) => {
    const kind = requireKindOf((await params).kind);
    const sort = query.dir === 'desc' ? `-${query.sort}` : query.sort;
    return getEntitiesPage(query.q ? scans : db, kind, { ...query, sort });
  });
}
