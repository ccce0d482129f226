import type { HotViews } from '#lib/modules/bank/queries.ts';
import { isPlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { getAccountBalance } from '../views/account-balances/account-balances-view.ts';
import { getRecentTransactions } from '../views/recent-transactions/recent-transactions-view.ts';

/**
 * What DynamoDB's hot views hold of an account; each is null before its first event arrived, and where
 * this program cannot use the item: then the problem says why.
 */
export async function getHotViews(dynamo: Dynamo, accountId: string): Promise<HotViews> {
  const [balance, recent] = await Promise.all([
    readUsable(getAccountBalance(dynamo, accountId)),
    readUsable(getRecentTransactions(dynamo, accountId)),
  ]);
  return {
    balance: balance.item
      ? {
          balance: balance.item.balance,
          currency: balance.item.currency,
          status: balance.item.status,
          sequence: balance.item.sequence,
        }
      : null,
    recent: recent.item
      ? { items: recent.item.transactions, sequence: recent.item.sequence }
      : null,
    problems: { balance: balance.problem, recent: recent.problem },
  };
}

/** An item of another version, or at a conflict, is no failure of the read. */
async function readUsable<Item>(reading: Promise<Item | undefined>) {
  try {
    return { item: await reading, problem: null };
  } catch (error) {
    if (isPlayheadError(error, 'PROJECTION_OUTDATED') || isPlayheadError(error, 'EVENT_CONFLICT')) {
      return { item: undefined, problem: error.message };
    }
    throw error;
  }
}
