import { PlayheadError } from '#lib/playhead-error.ts';
import { accountBalancesView } from '#server/projections/account-balances/account-balances-view.ts';
import { recentTransactionsView } from '#server/projections/recent-transactions/recent-transactions-view.ts';
import type { Operator } from '#server/projections/record-operator-action.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { repairHotItem } from './repair-hot-item.ts';
import { repairProjected } from './repair-projected.ts';
import type { ViewRepair } from './view-repair.ts';

/** Every view that can be repaired, by name. */
export const REPAIRABLE_VIEWS: readonly string[] = [
  ...PROJECTIONS.map(({ name }) => name),
  accountBalancesView.name,
  recentTransactionsView.name,
];

/**
 * Re-projects one account in one view: what the view holds of it goes, and its events are applied
 * anew, those of PostgreSQL's views out of the journal, those of the hot views out of the event
 * store. Commands and everything that follows them go on meanwhile. An account that the events do not
 * know is gone from the view afterwards. Recorded with who and why. Throws INVALID_INPUT for a view
 * that is none, PROJECTION_OUTDATED, CONTENTION and what the databases throw.
 */
export async function repairAccount(
  deps: IntegrityDeps,
  { accountId, view }: { readonly accountId: string; readonly view: string },
  operator: Operator,
): Promise<ViewRepair> {
  if (view === accountBalancesView.name) {
    return repairHotItem(deps, accountBalancesView, accountId, operator);
  }
  if (view === recentTransactionsView.name) {
    return repairHotItem(deps, recentTransactionsView, accountId, operator);
  }
  const projection = PROJECTIONS.find(({ name }) => name === view);
  if (projection === undefined) {
    throw new PlayheadError(
      'INVALID_INPUT',
      `There is no view “${view}”. There are: ${REPAIRABLE_VIEWS.join(', ')}.`,
      { field: 'view' },
    );
  }
  return repairProjected(deps.db, projection, accountId, operator);
}
