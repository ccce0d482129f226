import { getHotItem } from '#server/runtime/hot-views/get-hot-item.ts';
import { defineHotView } from '#server/runtime/hot-views/hot-view.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { accountAggregate } from '../../domain/account-aggregate.ts';
import {
  type AccountBalance,
  accountBalanceSchema,
  foldAccountBalance,
} from './account-balances-fold.ts';

/** Each account's balance, for reads by key. */
export const accountBalancesView = defineHotView({
  name: 'account-balances',
  aggregate: accountAggregate,
  key: 'accountId',
  version: 2,
  parse: (item) => accountBalanceSchema.parse(item),
  toItem: (balance) => balance,
  fold: foldAccountBalance,
});

/** As `getHotItem` does: undefined before the consumer has come to the account. */
export function getAccountBalance(
  dynamo: Dynamo,
  accountId: string,
): Promise<AccountBalance | undefined> {
  return getHotItem(dynamo, accountBalancesView, accountId);
}
