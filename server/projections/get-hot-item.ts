import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import type { HotItem, HotView } from './hot-view.ts';

/** AWS's limit for one BatchGetItem. */
const MAX_KEYS = 100;

/** An account's item of a hot view, consistently read. Throws when it is not one of the view's. */
export async function getHotItem<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  accountId: string,
): Promise<Item | undefined> {
  const { items, broken } = await getHotItems(dynamo, view, [accountId]);
  if (broken.has(accountId)) {
    throw broken.get(accountId);
  }
  return items.get(accountId);
}

export type HotItems<Item extends HotItem> = {
  readonly items: ReadonlyMap<string, Item>;
  /** What is wrong with items that are not the view's. */
  readonly broken: ReadonlyMap<string, unknown>;
};

const keySchema = z.looseObject({ accountId: z.string() });

/**
 * Items of a hot view by account, consistently read; accounts without an item are left out.
 * Throws what `retryDynamo` throws.
 */
export async function getHotItems<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
  accountIds: readonly string[],
): Promise<HotItems<Item>> {
  const table = view.table(dynamo.tables);
  const items = new Map<string, Item>();
  const broken = new Map<string, unknown>();
  for (let from = 0; from < accountIds.length; from += MAX_KEYS) {
    const Keys = accountIds.slice(from, from + MAX_KEYS).map((accountId) => ({ accountId }));
    let wanted: BatchGetCommandInput['RequestItems'] = { [table]: { Keys, ConsistentRead: true } };
    // An answer holds 16 MB at most, and less when the table is throttled: then the rest is asked for.
    while (wanted !== undefined && Object.keys(wanted).length > 0) {
      const RequestItems = wanted;
      const answer: BatchGetCommandOutput = await retryDynamo(() =>
        dynamo.documents.send(new BatchGetCommand({ RequestItems })),
      );
      for (const stored of answer.Responses?.[table] ?? []) {
        const { accountId } = keySchema.parse(stored);
        try {
          items.set(accountId, view.parse(stored));
        } catch (error) {
          broken.set(accountId, error);
        }
      }
      wanted = answer.UnprocessedKeys;
    }
  }
  return { items, broken };
}
