import type { ReconciliationResult } from '#lib/contracts/operations.ts';
import { compareAggregate } from '#server/runtime/integrity/compare-aggregate.ts';
import { drawAggregates } from '#server/runtime/integrity/draw-aggregates.ts';
import type { PostgresView } from '#server/runtime/views/postgres-view.ts';
import type { OperationDeps, OperationIo } from './operation.ts';

/** As many aggregates as are tried. */
const SAMPLE_SIZE = 200;

/**
 * Folds the events of some aggregates, drawn at random, with this program's code for a view, in memory, and
 * compares them with the rows that serve: what a rebuild would change of them. Nothing is written.
 */
export async function tryView(
  deps: OperationDeps,
  view: PostgresView,
  { signal, onProgress }: OperationIo,
): Promise<ReconciliationResult> {
  const { db, registered } = deps;
  const { drawn, aggregates } = await drawAggregates(db, SAMPLE_SIZE, view.aggregate.type);
  const ownDeps = {
    ...deps,
    registered: {
      views: [view],
      hotViews: [],
      conserved: [],
      oracles: registered.oracles.filter((oracle) => oracle.view === view.name),
    },
  };
  const result = { different: 0, differences: 0, explained: 0 };
  const items: ReconciliationResult['items'] = [];
  for (const [done, aggregateId] of drawn.entries()) {
    signal.throwIfAborted();
    onProgress(done, drawn.length);
    const { found } = await compareAggregate(ownDeps, aggregateId, 0);
    const own = found.filter((difference) => difference.view === view.name);
    const open = own.filter(({ explanation }) => explanation === null);
    result.different += open.length > 0 ? 1 : 0;
    result.explained += open.length === 0 && own.length > 0 ? 1 : 0;
    result.differences += open.length;
    items.push(...own.slice(0, Math.max(0, 100 - items.length)));
  }
  return { checked: drawn.length, aggregates, ...result, unknownOrigins: 0, conserved: [], items };
}
