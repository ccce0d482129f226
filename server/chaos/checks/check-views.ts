import type { IntegrityDeps } from '#server/integrity/integrity-deps.ts';
import { reconcile } from '#server/integrity/reconcile.ts';
import type { Check } from './check.ts';

/** `reconcile` finds every view as the events say, and nothing that dead letters would explain. */
export async function checkViews(deps: IntegrityDeps, openedAccounts: number): Promise<Check> {
  const { checked, differences, explained, items } = await reconcile(deps, { settleMs: 0 });
  const different = items.map(
    ({ accountId, view, field, expected, actual }) =>
      `${view}, ${field} of ${accountId}: ${actual} instead of ${expected}.`,
  );
  const uncounted =
    checked === openedAccounts
      ? []
      : [`${openedAccounts} accounts were opened, ${checked} are in the event store.`];
  return {
    name: 'reconcile finds no difference',
    figure: `${checked} accounts, ${differences} differences, ${explained} explained`,
    problems: [...uncounted, ...different],
  };
}
