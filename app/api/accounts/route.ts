import { viewOf } from '#lib/rights.ts';
import {
  accountsQuerySchema,
  getAccountsPage,
} from '#server/modules/bank/queries/accounts-page.ts';
import { answerQuery } from '#server/web/answer-query.ts';

/** GET /api/accounts?q&status&currency&sort&dir&cursor&limit → accountsPageSchema */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, viewOf('bank'), accountsQuerySchema, ({ db, scans }, query) =>
    getAccountsPage(query.q ? scans : db, query),
  );
}
