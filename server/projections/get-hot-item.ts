import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotRead, readHotItem } from './stored-hot-item.ts';

/** AWS's limit for one BatchGetItem. */
const MAX_KEYS = 100;

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
  const table = view.table(dynamo.tables);
  const reads = new Map<string, HotRead<Item>>();
  const possible = accountIds.filter((id) => Buffer.byteLength(id) <= MAX_KEY_BYTES);
  for (let from = 0; from < possible.length; from += MAX_KEYS) {
    const Keys = possible.slice(from, from + MAX_KEYS).map((accountId) => ({ accountId }));
    let wanted: BatchGetCommandInput['RequestItems'] = { [table]: { Keys, ConsistentRead: true } };
    // An answer holds 16 MB at most, and less when the table is throttled: then the rest is asked for.
    while (wanted !== undefined && Object.keys(wanted).length > 0) {
      const RequestItems = wanted;
      const answer: BatchGetCommandOutput = await retryDynamo(() =>
        dynamo.documents.send(new BatchGetCommand({ RequestItems })),
      );
      for (const stored of answer.Responses?.[table] ?? []) {
        reads.set(keySchema.parse(stored).accountId, readHotItem(view, stored));
      }
      wanted = answer.UnprocessedKeys;
    }
  }
  return reads;
}
