import type { IntegrityDeps } from '#server/runtime/integrity/integrity-deps.ts';
import { reconcile } from '#server/runtime/integrity/reconcile.ts';
import type { Check } from './check.ts';

/** `reconcile` finds every view as the events say, and nothing that dead letters would explain. */
export async function checkViews(deps: IntegrityDeps, begun: number): Promise<Check> {
  const { checked, differences, explained, items } = await reconcile(deps, { settleMs: 0 });
  const different = items.map(
    ({ aggregateId, view, field, expected, actual }) =>
      `${view}, ${field} of ${aggregateId}: ${actual} instead of ${expected}.`,
  );
  const uncounted =
    checked === begun ? [] : [`${begun} aggregates were begun, ${checked} are in the event store.`];
  return {
    name: 'reconcile finds no difference',
    figure: `${checked} aggregates, ${differences} differences, ${explained} explained`,
    problems: [...uncounted, ...different],
  };
}
