import { expect, it } from 'vitest';
import { deposited, opened, toHistory } from '#server/testing/sample-events.ts';
import { accountBalancesView } from './account-balances/account-balances-view.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { recentTransactionsView } from './recent-transactions/recent-transactions-view.ts';
import { readHotItem, toStoredItem } from './stored-hot-item.ts';

/** An item that says more than this program knows, though it is of the same version. */
function readNewer<Item extends HotItem>(view: HotView<Item>) {
  const item = view.fold(undefined, toHistory('A-1', [opened(), deposited(5n)]));
  if (item === undefined) {
    throw new Error('There is no item.');
  }
  const newer = { ...toStoredItem(view, item), aNewField: { list: [1], set: new Set(['a']) } };
  return { read: readHotItem(view, newer), item };
}

it('reads an item without the attributes that a newer program has added', () => {
  for (const { read, item } of [
    readNewer(accountBalancesView),
    readNewer(recentTransactionsView),
  ]) {
    expect(read).toEqual({ kind: 'current', item });
  }
});
