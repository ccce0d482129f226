import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { isConditionMet } from '#server/platform/is-condition-met.ts';
import { retryDynamo } from '#server/platform/retry-dynamo.ts';
import { type Advance, advanceItem } from '../advance-item.ts';
import { getHotLetters, skippedOf } from '../dead-letters/hot-letters.ts';
import type { HotItem, HotView } from '../hot-view.ts';
import { ifStillHeld } from '../put-hot-items.ts';
import { type HistoryStore, readHistory } from '../read-history.ts';

export type HotRebuildDeps = { readonly dynamo: Dynamo; readonly store: HistoryStore };

/**
 * What came of an account's item: it was right as it was, was written anew, was removed (the event
 * store does not know the account), or an event cannot be taken.
 */
export type HotItemRebuild =
  | { readonly kind: 'unchanged' | 'written' | 'removed' }
  | { readonly kind: 'failed'; readonly eventSequence: number; readonly error: unknown };

/** The stream's consumer may write between the look and the write: so often in a row, hardly. */
const MAX_ATTEMPTS = 20;

/**
 * Folds an account from its first event, without what was skipped, and puts the result in the place
 * of whatever the view holds, unless that is the same. An item that the consumer writes meanwhile is
 * looked at again: a newer one is never replaced by an older one. Where an event cannot be taken, an
 * item that has come further is left as it is. A dry run only says what would come of it.
 * Throws CONTENTION, and what the databases throw.
 */
export async function rebuildHotItem<Item extends HotItem>(
  deps: HotRebuildDeps,
  view: HotView<Item>,
  accountId: string,
  { isDryRun = false }: { readonly isDryRun?: boolean } = {},
): Promise<HotItemRebuild> {
  let folded: Advance<Item> = { item: undefined, last: undefined, failed: undefined };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    // The item first: what it holds rightly is in the event store for certain by then.
    const stored = await getStored(deps.dynamo, view, accountId);
    const held = parse(view, stored);
    // A busy account is won by reading only what one does not have.
    if (attempt === 1 || (held?.sequence ?? 0) > (folded.item?.sequence ?? 0)) {
      folded = await foldOn(deps, view, accountId, folded);
    }
    const { item, failed } = folded;
    const isBeyond = item === undefined || (held?.sequence ?? 0) > item.sequence;
    const isRight = isSame(held, item, stored) || (failed !== undefined && isBeyond);
    if (isRight || isDryRun || (await replace(deps.dynamo, view, accountId, stored, item))) {
      if (failed !== undefined) {
        return { kind: 'failed', eventSequence: failed.eventSequence, error: failed.error };
      }
      return { kind: isRight ? 'unchanged' : item === undefined ? 'removed' : 'written' };
    }
  }
  throw new PlayheadError('CONTENTION', `Others keep writing ${accountId} to ${view.name}.`);
}

type Stored = Readonly<Record<string, unknown>> | undefined;

/** As it is stored: it may be none of the view's. */
async function getStored<Item extends HotItem>(
  { documents, tables }: Dynamo,
  view: HotView<Item>,
  accountId: string,
): Promise<Stored> {
  const { Item } = await retryDynamo(() =>
    documents.send(
      new GetCommand({ TableName: view.table(tables), Key: { accountId }, ConsistentRead: true }),
    ),
  );
  return Item;
}

/** From where it has come to, up to the end of the account's history. */
async function foldOn<Item extends HotItem>(
  { dynamo, store }: HotRebuildDeps,
  view: HotView<Item>,
  accountId: string,
  before: Advance<Item>,
): Promise<Advance<Item>> {
  const aggregateId = toAggregateId(accountId);
  const letters = await getHotLetters(dynamo, view.name, [aggregateId]);
  const skipped = skippedOf(letters.get(aggregateId));
  const from = (before.item?.sequence ?? 0) + 1;
  let advance: Advance<Item> = { ...before, failed: undefined };
  for await (const entries of readHistory(store, aggregateId, { from }, skipped)) {
    advance = await advanceItem(store, view, advance.item, entries, { skipped });
    if (advance.failed !== undefined) {
      break;
    }
  }
  return advance;
}

function isSame<Item extends HotItem>(
  held: Item | undefined,
  item: Item | undefined,
  stored: Stored,
): boolean {
  return held === undefined || item === undefined
    ? stored === undefined && item === undefined
    : isDeepStrictEqual({ ...held, rebuiltAt: null }, { ...item, rebuiltAt: null });
}

/** Undefined when it is none of the view's, or nothing at all. */
function parse<Item extends HotItem>(view: HotView<Item>, stored: Stored): Item | undefined {
  try {
    return stored && view.parse(stored);
  } catch {
    return undefined;
  }
}

/** False when the view no longer holds what was stored. */
async function replace<Item extends HotItem>(
  { documents, tables }: Dynamo,
  view: HotView<Item>,
  accountId: string,
  stored: Stored,
  item: Item | undefined,
): Promise<boolean> {
  const target = { TableName: view.table(tables), ...ifStillHeld(stored) };
  const command =
    item === undefined
      ? new DeleteCommand({ ...target, Key: { accountId } })
      : new PutCommand({
          ...target,
          Item: view.toItem({ ...item, rebuiltAt: new Date().toISOString() }),
        });
  return retryDynamo(() =>
    isConditionMet(
      command instanceof DeleteCommand ? documents.send(command) : documents.send(command),
    ),
  );
}
