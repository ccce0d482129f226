import { PlayheadError } from '#lib/playhead-error.ts';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import type { HistoryStore } from '#server/runtime/hot-views/read-history.ts';
import { JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { RegisteredViews } from '#server/runtime/registered.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';

export type DeadLetterDeps = {
  readonly db: Db;
  readonly dynamo: Dynamo;
  readonly store: HistoryStore;
  readonly registered: RegisteredViews;
};

/** Where a dead letter may be: in ingest, in a projection, in a hot view. */
export type Place =
  | { readonly kind: 'journal'; readonly name: string }
  | { readonly kind: 'projected'; readonly name: string; readonly projection: PostgresView }
  | { readonly kind: 'hot'; readonly name: string; readonly view: HotView };

/** Every place of that name, or all of them, in the order of the flow. Throws INVALID_INPUT. */
export function toPlaces({ views, hotViews }: RegisteredViews, name?: string): Place[] {
  const all: Place[] = [
    { kind: 'journal', name: JOURNAL },
    ...views.map((projection): Place => {
      return { kind: 'projected', name: projection.name, projection };
    }),
    ...hotViews.map((view): Place => ({ kind: 'hot', name: view.name, view })),
  ];
  const places = all.filter((place) => name === undefined || place.name === name);
  if (places.length === 0) {
    const names = all.map((place) => place.name).join(', ');
    const sentence = `There is no projection “${name}”. There are: ${names}.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'projection' });
  }
  return places;
}
