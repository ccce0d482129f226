import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { HotRebuildTrial, ReconciliationResult } from '#lib/contracts/operations.ts';
import type { HotView } from '#server/runtime/hot-views/hot-view.ts';
import { toStoredItem } from '#server/runtime/hot-views/stored-hot-item.ts';
import { compareRow } from '#server/runtime/integrity/compare-row.ts';
import { createReport, MAX_KEPT } from '#server/runtime/integrity/difference.ts';
import type { HotItemChange } from '#server/runtime/rebuild/rebuild-hot-item.ts';
import { rebuildHotView } from '#server/runtime/rebuild/rebuild-hot-view.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import type { OperationDeps, OperationIo } from './operation.ts';

/**
 * Folds every item of a hot view from the event store, in memory, and compares it with the one that is
 * read: how many a rebuild would change, and the first hundred fields of those. Nothing is written.
 */
export async function tryHotView(
  deps: OperationDeps,
  view: HotView,
  operator: Operator,
  { signal, onProgress }: OperationIo,
): Promise<HotRebuildTrial> {
  const items: ReconciliationResult['items'] = [];
  const { failures: _, ...counts } = await rebuildHotView(deps, view, operator, {
    isDryRun: true,
    signal,
    onProgress: ({ aggregates, unchanged, written, removed, failed }) =>
      onProgress(unchanged + written + removed + failed, aggregates),
    onChange: (change) => {
      if (items.length < MAX_KEPT) {
        items.push(...toDifferences(view, change).slice(0, MAX_KEPT - items.length));
      }
    },
  });
  return { ...counts, items };
}

/** What an item says and would say, field by field as it is stored. */
export function toDifferences(
  view: HotView,
  { aggregateId, stored, item, failedAt }: HotItemChange,
): ReconciliationResult['items'] {
  const { report, result } = createReport();
  if (stored === undefined || item === undefined) {
    report({
      field: 'item',
      expected: item === undefined ? null : 'an item',
      actual: stored === undefined ? null : 'an item',
    });
  } else {
    // What only the stored one has goes away; when an item was rebuilt is no part of what it says.
    const gone = Object.fromEntries(Object.keys(stored).map((name) => [name, undefined]));
    const expected = { ...gone, ...toStoredItem(view, parseAggregateId(aggregateId).id, item) };
    compareRow({ ...expected, rebuiltAt: stored.rebuiltAt }, stored, report);
  }
  const explanation =
    failedAt === undefined ? null : `folded up to event ${failedAt}, which cannot be taken`;
  return result().found.map((found) => ({ aggregateId, view: view.name, ...found, explanation }));
}
