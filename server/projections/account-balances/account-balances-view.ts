import type { Dynamo } from '#server/platform/dynamo.ts';
import { getHotItem } from '../get-hot-item.ts';
import type { HotView } from '../hot-view.ts';
import {
  type AccountBalance,
  accountBalanceSchema,
  foldAccountBalance,
} from './account-balances-fold.ts';

export const accountBalancesView: HotView<AccountBalance> = {
  name: 'account-balances',
  version: 2,
  table: (tables) => tables.accountBalances,
  parse: (item) => accountBalanceSchema.parse(item),
  toItem: (balance) => balance,
  fold: foldAccountBalance,
};

/** As `getHotItem` does: undefined before the consumer has come to the account. */
export function getAccountBalance(
  dynamo: Dynamo,
  accountId: string,
): Promise<AccountBalance | undefined> {
  return getHotItem(dynamo, accountBalancesView, accountId);
}
