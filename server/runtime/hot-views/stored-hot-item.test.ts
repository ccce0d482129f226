import { expect, it } from 'vitest';
import { accountBalancesView } from '#server/modules/bank/views/account-balances/account-balances-view.ts';
import { recentTransactionsView } from '#server/modules/bank/views/recent-transactions/recent-transactions-view.ts';
import { deposited, opened, toHistory } from '#server/testing/sample-events.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { readHotItem, toStoredItem } from './stored-hot-item.ts';

/** An item that says more than this program knows, though it is of the same version. */
function readNewer<Item extends HotItem>(view: HotView<Item>) {
  const item = view.fold(undefined, toHistory('A-1', [opened(), deposited(5n)]));
  if (item === undefined) {
    throw new Error('There is no item.');
  }
  const newer = {
    ...toStoredItem(view, 'A-1', item),
    aNewField: { list: [1], set: new Set(['a']) },
  };
  return { read: readHotItem(view, 'A-1', newer), item };
}

it('reads an item without the attributes that a newer program has added', () => {
  for (const { read, item } of [
    readNewer(accountBalancesView),
    readNewer(recentTransactionsView),
  ]) {
    expect(read).toEqual({ kind: 'current', item });
  }
});
