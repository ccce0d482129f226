import { toAggregateId } from '#lib/aggregate-id.ts';
import {
  getLedgerPage,
  isScan,
  ledgerQuerySchema,
} from '#server/modules/bank/queries/ledger-page.ts';
import { waitForEvent } from '#server/runtime/queries/wait-for-event.ts';
import { type AccountRoute, answerAccountQuery } from '#server/web/answer-account-query.ts';

/** GET /api/accounts/[accountId]/ledger?type&q&from&to&least&most&upTo&cursor&limit&sequence&timeout → ledgerPageSchema */
export function GET(request: Request, route: AccountRoute): Promise<Response> {
  return answerAccountQuery(
    request,
    route,
    ledgerQuerySchema,
    async (context, accountId, query) => {
      await waitForEvent(context, ['transactions'], toAggregateId('account', accountId), query);
      return getLedgerPage(isScan(query) ? context.scans : context.db, accountId, query);
    },
  );
}
