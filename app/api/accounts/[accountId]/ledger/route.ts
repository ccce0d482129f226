import { type AccountRoute, answerAccountQuery } from '#server/web/answer-query.ts';
import { getLedgerPage, ledgerQuerySchema } from '#server/web/queries/ledger-page.ts';
import { waitForEvent } from '#server/web/wait-for-event.ts';

/** GET /api/accounts/[accountId]/ledger?type&q&cursor&limit&sequence&timeout → ledgerPageSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(
    request,
    route,
    ledgerQuerySchema,
    async (context, accountId, query) => {
      await waitForEvent(context, ['transactions'], accountId, query);
      return getLedgerPage(query.q ? context.scans : context.db, accountId, query);
    },
  );
}
