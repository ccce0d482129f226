import type { HotViews } from '#lib/contracts/queries.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { getAccountBalance } from '#server/projections/account-balances/account-balances-view.ts';
import { getRecentTransactions } from '#server/projections/recent-transactions/recent-transactions-view.ts';

/** What DynamoDB's hot views hold of an account; each is null before its first event arrived. */
export async function getHotViews(dynamo: Dynamo, accountId: string): Promise<HotViews> {
  const [balance, recent] = await Promise.all([
    getAccountBalance(dynamo, accountId),
    getRecentTransactions(dynamo, accountId),
  ]);
  return {
    balance: balance
      ? {
          balance: balance.balance,
          currency: balance.currency,
          status: balance.status,
          sequence: balance.sequence,
        }
      : null,
    recent: recent ? { items: recent.transactions, sequence: recent.sequence } : null,
  };
}
