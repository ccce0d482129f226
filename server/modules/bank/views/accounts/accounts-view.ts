import { defineRowView } from '#server/runtime/views/row-view.ts';
import { accountAggregate } from '../../domain/account-aggregate.ts';
import { accountDirectory } from './account-directory-table.ts';
import { accountTotals } from './account-totals-table.ts';
import { evolveAccountsRow } from './accounts-fold.ts';
import { accountsIn } from './accounts-table.ts';

/** Every account with all its details. */
export const accountsView = defineRowView({
  name: 'accounts',
  version: 1,
  aggregate: accountAggregate,
  table: accountsIn,
  keptByTriggers: [accountDirectory, accountTotals],
  evolve: evolveAccountsRow,
});
