import { PlayheadError } from '#lib/playhead-error.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { JOURNAL } from '#server/journal/dead-letters-table.ts';
import { repairJournal } from '#server/journal/repair-journal.ts';
import { accountBalancesView } from '#server/projections/account-balances/account-balances-view.ts';
import { retryJournal } from '#server/projections/dead-letters/retry-journal.ts';
import { findDead } from '#server/projections/dead-letters/retry-projected.ts';
import { recentTransactionsView } from '#server/projections/recent-transactions/recent-transactions-view.ts';
import { type Operator, recordOperatorAction } from '#server/projections/record-operator-action.ts';
import { PROJECTIONS } from '#server/projections/registry.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { repairHotItem } from './repair-hot-item.ts';
import { repairProjected } from './repair-projected.ts';
import type { ViewRepair } from './view-repair.ts';

/** Every view that can be repaired, by name, the journal before what is made out of it. */
export const REPAIRABLE_VIEWS: readonly string[] = [
  JOURNAL,
  ...PROJECTIONS.map(({ name }) => name),
  accountBalancesView.name,
  recentTransactionsView.name,
];

/**
 * What a repair of a view goes over: what is made out of the journal is no better than the journal,
 * which is repaired first.
 */
export function toRepairSteps(view: string): readonly string[] {
  return PROJECTIONS.some(({ name }) => name === view) ? [JOURNAL, view] : [view];
}

/**
 * Re-projects one account in one view: what the view holds of it goes, and its events are applied
 * anew, those of PostgreSQL's views out of the journal, those of the hot views out of the event
 * store; the journal's rows are made what the event store says, in their places. Commands and everything that follows them go on meanwhile. An account that the events do not
 * know is gone from the view afterwards. Recorded with who and why. Throws INVALID_INPUT for a view
 * that is none, PROJECTION_OUTDATED, CONTENTION, SEQUENCE_GAP and EVENT_CONFLICT (`repairJournal`) and what the databases throw.
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
  if (view === JOURNAL) {
    const done = await repairJournal(deps, toAggregateId(accountId));
    await recordOperatorAction(deps.db, operator, 'repair', JOURNAL, { accountId, ...done });
    return { view, waitsAt: await retryWaiting(deps, toAggregateId(accountId), operator) };
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

/** What ingest waits at is tried again: a conflict is over once the journal is repaired. */
async function retryWaiting(
  { db, store }: IntegrityDeps,
  aggregateId: string,
  operator: Operator,
): Promise<ViewRepair['waitsAt']> {
  const [key] = await findDead(db, JOURNAL, { aggregateId });
  if (key === undefined) {
    return null;
  }
  const outcome = await retryJournal({ db, store }, key, operator);
  return outcome.kind === 'dead' ? { eventSequence: outcome.at, error: outcome.error } : null;
}
