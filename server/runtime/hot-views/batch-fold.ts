import pLimit from 'p-limit';
import {
  getHotDeadLetters,
  type HotDeadLetter,
  isWaiting,
  skippedOf,
} from '#server/runtime/dead-letters/hot-dead-letters.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { type Advance, advanceItem } from './advance-item.ts';
import { foldAnew } from './fold-anew.ts';
import type { HeldItems } from './held-items.ts';
import type { EntriesByAggregate, HistoryEntry } from './history-entry.ts';
import { findConflict, toConflict } from './hot-conflict.ts';
import { type HotFailure, toFailures } from './hot-failure.ts';
import type { HotItem, HotView } from './hot-view.ts';
import type { HistoryStore } from './read-history.ts';
import { type HotRead, sequenceOf } from './stored-hot-item.ts';

/** Aggregates that are folded at a time; each may have a gap to read from the event store. */
const FOLDS_AT_ONCE = 16;

/** How far an aggregate of the batch has been folded. */
export type Folded<Item extends HotItem> = Advance<Item> & {
  readonly aggregateId: string;
  /** What the view has of it. */
  readonly read: HotRead<Item> | undefined;
  readonly letter: HotDeadLetter | undefined;
  /** An event of the batch that is another one than the item's last, with the same sequence. */
  readonly conflict: HistoryEntry | undefined;
};

/** Folds aggregates of a batch; those that it does not answer stay as they are. Failures are added to the list. */
export type BatchFold<Item extends HotItem> = (
  aggregateIds: readonly string[],
  entries: EntriesByAggregate,
  failures: HotFailure[],
) => Promise<Folded<Item>[]>;

/**
 * Makes what folds the batches of a hot view, on from the items that it holds. An aggregate that waits at a
 * dead letter always shows as a gap, for its item stays where it is: so dead letters are looked up where
 * there is a gap or a failure, and cost nothing everywhere else.
 */
export function createBatchFold<Item extends HotItem>(
  dynamo: Dynamo,
  store: HistoryStore,
  view: HotView<Item>,
  held: HeldItems<Item>,
): BatchFold<Item> {
  const inFolds = pLimit(FOLDS_AT_ONCE);

  return async (aggregateIds, entries, failures) => {
    const { reads, letters } = await held.load(aggregateIds, entries);
    const fold = (aggregateId: string, letter: HotDeadLetter | undefined) =>
      inFolds(async (): Promise<Folded<Item>[]> => {
        const read = reads.get(aggregateId);
        const events = entries.get(aggregateId) ?? [];
        try {
          const advanced = await advance(aggregateId, read, events, skippedOf(letter));
          const conflict = findConflict(advanced.item, events);
          return [{ ...advanced, aggregateId, read, letter, conflict }];
        } catch (error) {
          failures.push(...toFailures([aggregateId], entries, error));
          return [];
        }
      });

    const folding: Promise<Folded<Item>[]>[] = [];
    for (const aggregateId of aggregateIds) {
      const letter = letters.get(aggregateId);
      const read = reads.get(aggregateId);
      if (read?.kind === 'newer' || (read?.kind === 'disputed' && letter?.dead === undefined)) {
        failures.push(...toFailures([aggregateId], entries, read.error));
      } else if (!isHeldBack(read, letter)) {
        folding.push(fold(aggregateId, letter));
      }
    }
    const folded = (await Promise.all(folding)).flat();

    // What failed may have been skipped, or be dead already.
    const unknown = folded.filter(({ failed, letter }) => failed !== undefined && !letter);
    const found = await getHotDeadLetters(
      dynamo,
      view.name,
      unknown.map(({ aggregateId }) => aggregateId),
    );
    const known = await Promise.all(
      folded.map(async (each) => {
        const letter = found.get(each.aggregateId);
        return letter === undefined ? [each] : fold(each.aggregateId, letter);
      }),
    );
    return known.flat().map((each) => {
      const { item, failed, letter, conflict } = each;
      if (failed !== undefined && !isWaiting(letter, failed.eventSequence - 1)) {
        failures.push({ entry: failed, error: failed.error });
      }
      if (item !== undefined && conflict !== undefined) {
        failures.push({ entry: conflict, error: toConflict(view, item, conflict) });
      }
      return each;
    });
  };

  /** How far the aggregate comes: on from an item of this version, else anew from its first event. */
  async function advance(
    aggregateId: string,
    read: HotRead<Item> | undefined,
    events: readonly HistoryEntry[],
    skipped: ReadonlySet<number>,
  ): Promise<Advance<Item>> {
    if (read === undefined || read.kind === 'current') {
      return advanceItem(store, view, read?.item, events, { skipped });
    }
    const anew = await foldAnew(store, view, aggregateId, skipped);
    // No item goes back: one that has come further than what can be folded is left as it is.
    const isBehind = (anew.item?.sequence ?? 0) < sequenceOf(read);
    return anew.failed !== undefined && isBehind ? { ...anew, item: undefined } : anew;
  }
}

/** Whether the aggregate waits at a dead letter, whatever comes. */
function isHeldBack(
  read: HotRead<HotItem> | undefined,
  letter: HotDeadLetter | undefined,
): boolean {
  const isUnknown = read !== undefined && read.kind !== 'current' && read.sequence === undefined;
  return isUnknown || read?.kind === 'disputed'
    ? letter?.dead?.status === 'dead'
    : isWaiting(letter, sequenceOf(read));
}
