import { z } from 'zod';
import { batchGet } from '#server/platform/batch-get.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotRead, readHotItem } from './stored-hot-item.ts';

/** AWS's limit for a partition key. */
const MAX_KEY_BYTES = 2_048;

/**
 * An account's item of a hot view, consistently read. Throws PROJECTION_OUTDATED when it is of another
 * version or unreadable, EVENT_CONFLICT when its account waits at a conflict.
 */
export async function getHotItem<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  accountId: string,
): Promise<Item | undefined> {
  const read = (await getHotItems(dynamo, view, [accountId])).get(accountId);
  if (read !== undefined && read.kind !== 'current') {
    throw read.error;
  }
  return read?.item;
}

const keySchema = z.looseObject({ accountId: z.string() });

/**
 * What a hot view has of accounts, consistently read; accounts without an item are left out, and so are
 * ids that no item can have: one that stands for a malformed item may be longer than a key.
 * Throws what `retryDynamo` throws.
 */
export async function getHotItems<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  accountIds: readonly string[],
): Promise<Map<string, HotRead<Item>>> {
  const keys = accountIds
    .filter((id) => Buffer.byteLength(id) <= MAX_KEY_BYTES)
    .map((accountId) => ({ accountId }));
  const items = await batchGet(dynamo, view.table(dynamo.tables), keys);
  return new Map(
    items.map((stored) => [keySchema.parse(stored).accountId, readHotItem(view, stored)]),
  );
}
