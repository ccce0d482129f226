import { fillGaps } from './fill-gaps.ts';
import { type FailedEntry, type HistoryEntry, isFailed } from './history-entry.ts';
import type { HotItem, HotView } from './hot-view.ts';
import type { HistoryStore } from './read-history.ts';

/** How far an aggregate's item of a hot view can be brought. */
export type Advance<Item extends HotItem> = {
  /** The item after the events that could be taken; undefined when there is none yet. */
  readonly item: Item | undefined;
  /** The newest event that changed it. */
  readonly last: HistoryEntry | undefined;
  /** The event at which it stopped. */
  readonly failed: FailedEntry | undefined;
};

export type AdvanceOptions = {
  readonly skipped: ReadonlySet<number>;
  /** It stops after so many events. */
  readonly maxEvents?: number;
};

/**
 * Folds an aggregate's item on with these events (sorted by sequence) and with what is missing before
 * and between them, up to the first one that cannot be read or folded. Throws what the event store
 * throws.
 */
export async function advanceItem<Item extends HotItem>(
  store: HistoryStore,
  view: Pick<HotView<Item>, 'fold'>,
  held: Item | undefined,
  entries: readonly HistoryEntry[],
  { skipped, maxEvents = Number.POSITIVE_INFINITY }: AdvanceOptions,
): Promise<Advance<Item>> {
  let item = held;
  let last: HistoryEntry | undefined;
  let left = maxEvents;
  for await (const portion of fillGaps(store, held?.sequence ?? 0, entries, skipped)) {
    const taken = portion.slice(0, left);
    const events = taken.flatMap((entry) => (isFailed(entry) ? [] : [entry.event]));
    try {
      item = view.fold(item, events);
      last = taken.findLast((entry) => !isFailed(entry)) ?? last;
    } catch {
      return foldOneByOne(view, item, taken, last);
    }
    const failed = taken.find(isFailed);
    left -= taken.length;
    if (failed !== undefined || left === 0) {
      return { item, last, failed };
    }
  }
  return { item, last, failed: undefined };
}

function foldOneByOne<Item extends HotItem>(
  view: Pick<HotView<Item>, 'fold'>,
  held: Item | undefined,
  entries: readonly HistoryEntry[],
  before: HistoryEntry | undefined,
): Advance<Item> {
  let item = held;
  let last = before;
  for (const entry of entries) {
    if (isFailed(entry)) {
      return { item, last, failed: entry };
    }
    try {
      item = view.fold(item, [entry.event]);
      last = entry;
    } catch (error) {
      const { eventSequence, source } = entry;
      return { item, last, failed: { eventSequence, source, error } };
    }
  }
  return { item, last, failed: undefined };
}
