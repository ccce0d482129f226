import { LRUCache } from 'lru-cache';
import {
  getHotDeadLetters,
  type HotDeadLetter,
} from '#server/runtime/dead-letters/hot-dead-letters.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { getHotItems } from './get-hot-item.ts';
import type { EntriesByAggregate } from './history-entry.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotRead, sequenceOf } from './stored-hot-item.ts';

/** Items that were last written or read; they save a read, and the write's condition protects. */
const CACHED_ITEMS = 2_000;

/** What a hot view holds of aggregates, as far as its writer has to know. */
export type HeldItems<Item extends HotItem> = {
  /** The items of these aggregates by aggregate id, and the letters of those that have a gap. */
  readonly load: (
    aggregateIds: readonly string[],
    entries: EntriesByAggregate,
  ) => Promise<{
    readonly reads: ReadonlyMap<string, HotRead<Item>>;
    readonly letters: ReadonlyMap<string, HotDeadLetter>;
  }>;
  /** Notes an item that was written. */
  readonly keep: (aggregateId: string, item: Item) => void;
  /** Lets an aggregate's item be read the next time. */
  readonly forget: (aggregateId: string) => void;
};

/** Reads a view's items, those that were read or written last from memory. */
export function createHeldItems<Item extends HotItem>(
  dynamo: Dynamo,
  view: HotView<Item>,
): HeldItems<Item> {
  const cache = new LRUCache<string, Item>({ max: CACHED_ITEMS });

  async function read(aggregateIds: readonly string[]): Promise<Map<string, HotRead<Item>>> {
    const reads = new Map<string, HotRead<Item>>();
    const unknown: string[] = [];
    for (const aggregateId of aggregateIds) {
      const item = cache.get(aggregateId);
      if (item === undefined) {
        unknown.push(aggregateId);
      } else {
        reads.set(aggregateId, { kind: 'current', item });
      }
    }
    for (const [aggregateId, found] of await getHotItems(dynamo, view, unknown)) {
      reads.set(aggregateId, found);
      if (found.kind === 'current') {
        cache.set(aggregateId, found.item);
      }
    }
    return reads;
  }

  return {
    load: async (aggregateIds, entries) => {
      const cached = await read(aggregateIds);
      const gapped = aggregateIds.filter((aggregateId) => {
        const found = cached.get(aggregateId);
        const held = sequenceOf(found);
        const next = entries.get(aggregateId)?.find(({ eventSequence }) => eventSequence > held);
        const isOther = found !== undefined && found.kind !== 'current';
        return isOther || (next?.eventSequence ?? 0) > held + 1;
      });
      const letters = await getHotDeadLetters(dynamo, view.name, gapped);
      // Whether an aggregate waits depends on its item: the cached one may be an old one.
      for (const aggregateId of letters.keys()) {
        cache.delete(aggregateId);
      }
      const fresh = await read([...letters.keys()]);
      return { reads: new Map([...cached, ...fresh]), letters };
    },
    keep: (aggregateId, item) => {
      cache.set(aggregateId, item);
    },
    forget: (aggregateId) => {
      cache.delete(aggregateId);
    },
  };
}
