import { evolve } from '#server/domain/account/account-state.ts';
import { type LoadedState, UNOPENED } from '#server/event-store/fold-events.ts';
import type { AccountsRow } from '#server/projections/accounts/accounts-fold.ts';
import { compareRow } from './compare-row.ts';
import type { ReportDifference } from './difference.ts';
import { createViewCheck, readEvent, type ViewCheck } from './view-check.ts';

/**
 * Checks an account's row against the domain's own fold, and not the projection's: so a mistake in
 * that one is found as well.
 */
export function checkAccounts(
  row: AccountsRow | undefined,
  required: number,
  report: ReportDifference,
): ViewCheck {
  let newest: LoadedState = UNOPENED;
  return createViewCheck({
    version: row?.version,
    required,
    holds: () => true,
    fold: (entry) => {
      newest = { state: evolve(newest.state, readEvent(entry)), version: entry.eventSequence };
    },
    compare: () => compareRow(toExpected(newest), { ...row }, report),
    report,
  });
}

function toExpected({ state, version }: LoadedState) {
  if (state.status === 'unopened') {
    return {};
  }
  const { number, owner, currency, overdraftLimit, balance, status, openedAt } = state;
  const closedAt = state.status === 'closed' ? state.closedAt : null;
  const lastActivityAt = state.lastEventAt;
  const facts = { number, owner, currency, overdraftLimit, balance, status, openedAt };
  return { ...facts, closedAt, lastActivityAt, version };
}
