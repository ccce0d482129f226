import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { getHotDeadLetters, skippedOf } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import type { Advance } from '#server/runtime/hot-views/advance-item.ts';
import { foldAnew } from '#server/runtime/hot-views/fold-anew.ts';
import { type HotItem, type HotView, hotTableOf } from '#server/runtime/hot-views/hot-view.ts';
import { ifStillHeld } from '#server/runtime/hot-views/put-hot-items.ts';
import type { HistoryStore } from '#server/runtime/hot-views/read-history.ts';
import {
  type HotRead,
  readHotItem,
  type StoredItem,
  sequenceOf,
  toStoredItem,
} from '#server/runtime/hot-views/stored-hot-item.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { isConditionMet } from '#server/runtime/platform/is-condition-met.ts';
import { retryDynamo } from '#server/runtime/platform/retry-dynamo.ts';
import { toAttributes } from '#server/runtime/platform/to-attributes.ts';

export type HotRebuildDeps = { readonly dynamo: Dynamo; readonly store: HistoryStore };

/**
 * What came of an aggregate's item: it was right as it was, was written anew, was removed (the event
 * store does not know the aggregate), or an event cannot be taken.
 */
export type HotItemRebuild =
  | { readonly kind: 'unchanged' | 'written' | 'removed' }
  | {
      readonly kind: 'failed';
      readonly eventSequence: number;
      readonly error: unknown;
      /** The view may still have an item of another version. */
      readonly isOutdated: boolean;
    };

/** What a rebuild puts in the place of an item, or would. */
export type HotItemChange<Item extends HotItem = HotItem> = {
  readonly aggregateId: string;
  /** As it lies in the table; undefined where there is none. */
  readonly stored: StoredItem | undefined;
  /** Undefined where the item is removed. */
  readonly item: Item | undefined;
  /** The event that could not be taken: the item is folded up to the one before it. */
  readonly failedAt: number | undefined;
};

type Options<Item extends HotItem> = {
  /** Says what would come of it, and writes nothing. */
  readonly isDryRun?: boolean;
  /** Called once where the item is not right as it is. */
  readonly onChange?: (change: HotItemChange<Item>) => void;
};

/** The stream's consumer may write between the look and the write: so often in a row, hardly. */
const MAX_ATTEMPTS = 20;

/**
 * Folds an aggregate from its first event, without what was skipped, and puts the result in the place
 * of whatever the view holds, unless that is the same. An item that the consumer writes meanwhile is
 * looked at again: a newer one is never replaced by an older one. Where an event cannot be taken, an
 * item that has come further is left as it is. Whatever version the item is of, also of a newer
 * program's, the present one takes its place. A dry run only says what would come of it.
 * Throws CONTENTION, and what the databases throw.
 */
export async function rebuildHotItem<Item extends HotItem>(
  deps: HotRebuildDeps,
  view: HotView<Item>,
  aggregateId: string,
  { isDryRun = false, onChange }: Options<Item> = {},
): Promise<HotItemRebuild> {
  let folded: Advance<Item> = { item: undefined, last: undefined, failed: undefined };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    // The item first: what it holds rightly is in the event store for certain by then.
    const stored = await getStored(deps.dynamo, view, aggregateId);
    const read = stored && readHotItem(view, idOf(aggregateId), stored);
    const sequence = sequenceOf(read);
    // A busy aggregate is won by reading only what one does not have.
    if (attempt === 1 || sequence > (folded.item?.sequence ?? 0)) {
      folded = await foldOn(deps, view, aggregateId, folded);
    }
    const { item, failed } = folded;
    const isBeyond = item === undefined || sequence > item.sequence;
    const isRight = isSame(view, read, item) || (failed !== undefined && isBeyond);
    if (isRight || isDryRun || (await replace(deps.dynamo, view, aggregateId, stored, item))) {
      if (!isRight) {
        onChange?.({ aggregateId, stored, item, failedAt: failed?.eventSequence });
      }
      if (failed !== undefined) {
        const { eventSequence, error } = failed;
        const isOutdated = isRight && read !== undefined && read.kind !== 'current';
        return { kind: 'failed', eventSequence, error, isOutdated };
      }
      return { kind: isRight ? 'unchanged' : item === undefined ? 'removed' : 'written' };
    }
  }
  throw new PlayheadError('CONTENTION', `Others keep writing ${aggregateId} to ${view.name}.`);
}

type Stored = StoredItem | undefined;

const idOf = (aggregateId: string) => parseAggregateId(aggregateId).id;

const keyOf = ({ key }: Pick<HotView, 'key'>, aggregateId: string) => ({
  [key]: idOf(aggregateId),
});

/** As it is stored: it may be none of the view's. */
async function getStored<Item extends HotItem>(
  { documents, tables }: Dynamo,
  view: HotView<Item>,
  aggregateId: string,
): Promise<Stored> {
  const { Item } = await retryDynamo(() =>
    documents.send(
      new GetCommand({
        TableName: hotTableOf(tables, view),
        Key: keyOf(view, aggregateId),
        ConsistentRead: true,
      }),
    ),
  );
  return Item;
}

/** From where it has come to, up to the end of the aggregate's history. */
async function foldOn<Item extends HotItem>(
  { dynamo, store }: HotRebuildDeps,
  view: HotView<Item>,
  aggregateId: string,
  before: Advance<Item>,
): Promise<Advance<Item>> {
  const letters = await getHotDeadLetters(dynamo, view.name, [aggregateId]);
  const skipped = skippedOf(letters.get(aggregateId));
  return foldAnew(store, view, aggregateId, skipped, before);
}

function isSame<Item extends HotItem>(
  view: HotView<Item>,
  read: HotRead<Item> | undefined,
  item: Item | undefined,
): boolean {
  if (read === undefined || item === undefined) {
    return read === undefined && item === undefined;
  }
  // As they are stored: a member that is undefined is none.
  const stored = (one: Item) => toAttributes({ ...view.toItem(one), rebuiltAt: undefined });
  return read.kind === 'current' && isDeepStrictEqual(stored(read.item), stored(item));
}

/** False when the view no longer holds what was stored. */
async function replace<Item extends HotItem>(
  { documents, tables }: Dynamo,
  view: HotView<Item>,
  aggregateId: string,
  stored: Stored,
  item: Item | undefined,
): Promise<boolean> {
  const target = { TableName: hotTableOf(tables, view), ...ifStillHeld(view, stored) };
  const command =
    item === undefined
      ? new DeleteCommand({ ...target, Key: keyOf(view, aggregateId) })
      : new PutCommand({
          ...target,
          Item: toStoredItem(view, idOf(aggregateId), {
            ...item,
            rebuiltAt: new Date().toISOString(),
          }),
        });
  return retryDynamo(() =>
    isConditionMet(
      command instanceof DeleteCommand ? documents.send(command) : documents.send(command),
    ),
  );
}
