import { parseAggregateId, toAggregateId } from '#lib/aggregate-id.ts';
import { batchGet } from '#server/runtime/platform/batch-get.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { type HotItem, type HotView, hotTableOf } from './hot-view.ts';
import { type HotRead, readHotItem } from './stored-hot-item.ts';

/** AWS's limit for a partition key. */
const MAX_KEY_BYTES = 2_048;

/**
 * The item of the aggregate with this own id (without its type), consistently read. Throws
 * PROJECTION_OUTDATED when it is of another version or unreadable, EVENT_CONFLICT when its aggregate
 * waits at a conflict.
 */
export async function getHotItem<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  id: string,
): Promise<Item | undefined> {
  const aggregateId = toAggregateId(view.aggregate.type, id);
  const read = (await getHotItems(dynamo, view, [aggregateId])).get(aggregateId);
  if (read !== undefined && read.kind !== 'current') {
    throw read.error;
  }
  return read?.item;
}

/**
 * What a hot view has of aggregates of its type, by aggregate id, consistently read; those without an
 * item are left out, and so are ids that no item can have: longer ones than a key.
 * Throws what `retryDynamo` throws.
 */
export async function getHotItems<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  aggregateIds: readonly string[],
): Promise<Map<string, HotRead<Item>>> {
  const keys = aggregateIds
    .map((aggregateId) => parseAggregateId(aggregateId).id)
    .filter((id) => Buffer.byteLength(id) <= MAX_KEY_BYTES)
    .map((id) => ({ [view.key]: id }));
  const items = await batchGet(dynamo, hotTableOf(dynamo.tables, view), keys);
  return new Map(
    items.map((stored) => {
      const id = `${stored[view.key]}`;
      return [toAggregateId(view.aggregate.type, id), readHotItem(view, id, stored)];
    }),
  );
}
