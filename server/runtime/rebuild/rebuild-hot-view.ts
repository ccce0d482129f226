import pLimit from 'p-limit';
import { isOfType } from '#lib/aggregate-id.ts';
import { isPlayheadError } from '#lib/playhead-error.ts';
import { recordHotAction } from '#server/runtime/dead-letters/hot-actions.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { HotItem, HotView } from '#server/runtime/hot-views/hot-view.ts';
import { noteHotViewVersion } from '#server/runtime/hot-views/hot-view-versions.ts';
import { scanHotIds } from '#server/runtime/hot-views/scan-hot-ids.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { toErrorSentence } from '#server/runtime/platform/error-sentence.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import { type HotItemChange, type HotItemRebuild, rebuildHotItem } from './rebuild-hot-item.ts';

/** What came of a hot view's aggregates, and of items of aggregates that the event store does not know. */
export type HotViewRebuild = {
  readonly aggregates: number;
  readonly unchanged: number;
  readonly written: number;
  readonly removed: number;
  readonly failed: number;
  /** The first hundred aggregates with an event that cannot be taken, and why. */
  readonly failures: readonly {
    readonly aggregateId: string;
    readonly eventSequence: number;
    readonly error: string;
  }[];
};

type Options<Item extends HotItem = HotItem> = {
  /** Says what would come of it, and writes nothing. */
  readonly isDryRun?: boolean;
  /** Called for each item that is not right as it is, in no order. */
  readonly onChange?: (change: HotItemChange<Item>) => void;
  /** Called after each aggregate; the number of aggregates is known by then. */
  readonly onProgress?: (done: HotViewRebuild) => void;
  /** Once aborted, it throws the signal's reason; begun again it goes over every aggregate again. */
  readonly signal?: AbortSignal;
};

const AGGREGATES_AT_ONCE = 8;
const MAX_FAILURES = 100;

/**
 * Makes every item of a hot view anew from the event store while the stream goes on, and removes
 * those of aggregates that the event store does not know. An aggregate whose event cannot be taken is
 * reported, and the others go on. Once no item is left of another version, the view is of the present
 * one. Memory grows with the number of aggregates (their ids). It can be cut
 * off and begun again. Throws what the databases throw.
 */
export async function rebuildHotView<Item extends HotItem>(
  { dynamo, store }: { readonly dynamo: Dynamo; readonly store: EventStore },
  view: HotView<Item>,
  operator: Operator,
  options: Options<Item> = {},
): Promise<HotViewRebuild> {
  const record = (effect: Record<string, unknown>) =>
    options.isDryRun
      ? Promise.resolve()
      : recordHotAction(dynamo, operator, 'rebuild', view.name, effect);
  await record({ outcome: 'started' });
  const aggregateIds = await listIds(store, dynamo, view);
  let isWhole = true;
  const rebuildItem = async (aggregateId: string) => {
    const result = await rebuildHotItem({ dynamo, store }, view, aggregateId, options).catch(
      toFailedItem,
    );
    isWhole &&= result.kind !== 'failed' || !result.isOutdated;
    return result;
  };
  const done = await rebuildAll(aggregateIds, rebuildItem, options);
  if (isWhole && !options.isDryRun) {
    await noteHotViewVersion(dynamo, view);
  }
  const { failures: _, ...effect } = done;
  await record({ outcome: 'done', ...effect });
  return done;
}

async function rebuildAll(
  aggregateIds: ReadonlySet<string>,
  rebuildItem: (aggregateId: string) => Promise<HotItemRebuild>,
  { onProgress, signal }: Pick<Options, 'onProgress' | 'signal'>,
): Promise<HotViewRebuild> {
  const counts = { unchanged: 0, written: 0, removed: 0, failed: 0 };
  const failures: HotViewRebuild['failures'][number][] = [];
  const toProgress = () => ({ aggregates: aggregateIds.size, ...counts, failures });
  const limit = pLimit(AGGREGATES_AT_ONCE);
  try {
    await limit.map(aggregateIds, async (aggregateId) => {
      signal?.throwIfAborted();
      const result = await rebuildItem(aggregateId);
      counts[result.kind] += 1;
      if (result.kind === 'failed' && failures.length < MAX_FAILURES) {
        const { eventSequence, error } = result;
        failures.push({ aggregateId, eventSequence, error: toErrorSentence(error) });
      }
      onProgress?.(toProgress());
    });
  } finally {
    limit.clearQueue();
  }
  return toProgress();
}

/** What is the aggregate's own trouble, or that of its writers, does not end the others' rebuild. */
function toFailedItem(error: unknown): HotItemRebuild {
  if (!isPlayheadError(error, 'CONTENTION') && categorize(error) === 'transient') {
    throw error;
  }
  return { kind: 'failed', eventSequence: 0, error, isOutdated: true };
}

/** The aggregates of the view's type that the event store knows, and those that the view has an item of. */
async function listIds(
  store: EventStore,
  dynamo: Dynamo,
  view: Pick<HotView, 'name' | 'key' | 'aggregate'>,
): Promise<ReadonlySet<string>> {
  const aggregateIds = new Set<string>();
  for await (const events of store.scanDelivered()) {
    for (const { aggregateId } of events) {
      if (isOfType(view.aggregate.type, aggregateId)) {
        aggregateIds.add(aggregateId);
      }
    }
  }
  for await (const ids of scanHotIds(dynamo, view)) {
    for (const aggregateId of ids) {
      aggregateIds.add(aggregateId);
    }
  }
  return aggregateIds;
}
