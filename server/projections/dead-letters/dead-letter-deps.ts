import { PlayheadError } from '#lib/playhead-error.ts';
import { JOURNAL } from '#server/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { Db } from '#server/platform/postgres.ts';
import { accountBalancesView } from '../account-balances/account-balances-view.ts';
import type { Projection } from '../projection.ts';
import type { HistoryStore } from '../read-history.ts';
import { recentTransactionsView } from '../recent-transactions/recent-transactions-view.ts';

export type DeadLetterDeps = {
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly store: HistoryStore;
  /** Those in PostgreSQL. */
  readonly projections: readonly Projection[];
};

/** The hot views, by name. */
export const HOT_VIEWS: readonly string[] = [accountBalancesView.name, recentTransactionsView.name];

/** Where a dead letter may be: in ingest, in a projection, in a hot view. */
export type Place =
  | { readonly kind: 'journal'; readonly name: string }
  | { readonly kind: 'projected'; readonly name: string; readonly projection: Projection }
  | { readonly kind: 'hot'; readonly name: string };

/** Every place of that name, or all of them, in the order of the flow. Throws INVALID_INPUT. */
export function toPlaces(projections: readonly Projection[], name?: string): Place[] {
  const all: Place[] = [
    { kind: 'journal', name: JOURNAL },
    ...projections.map((projection): Place => {
      return { kind: 'projected', name: projection.name, projection };
    }),
    ...HOT_VIEWS.map((view): Place => ({ kind: 'hot', name: view })),
  ];
  const places = all.filter((place) => name === undefined || place.name === name);
  if (places.length === 0) {
    const names = all.map((place) => place.name).join(', ');
    const sentence = `There is no projection “${name}”. There are: ${names}.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'projection' });
  }
  return places;
}
