import type { Difference } from './difference.ts';
import type { IntegrityDeps } from './integrity-deps.ts';
import { listViewIds } from './list-view-ids.ts';

/**
 * Aggregates that a view has rows of and the event store has no event of, once for each view and table;
 * `known` are aggregates that need not be looked up.
 */
export async function* findUnknownAggregates(
  deps: IntegrityDeps,
  known: ReadonlySet<string>,
): AsyncGenerator<Difference> {
  for (const { view, aggregateIds } of listViewIds(deps)) {
    for await (const page of aggregateIds) {
      for (const aggregateId of page) {
        // It may have got its first event since the others were listed.
        if (!known.has(aggregateId) && (await deps.store.getNewestSequence(aggregateId)) === 0) {
          const field = 'aggregate';
          yield { aggregateId, view, field, expected: null, actual: 'a row', explanation: null };
        }
      }
    }
  }
}
