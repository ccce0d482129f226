import { LRUCache } from 'lru-cache';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { getHotLetters, type HotLetter } from './dead-letters/hot-letters.ts';
import { getHotItems } from './get-hot-item.ts';
import type { EntriesByAggregate } from './history-entry.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotRead, sequenceOf } from './stored-hot-item.ts';

/** Items that were last written or read; they save a read, and the write's condition protects. */
const CACHED_ITEMS = 2_000;

/** What a hot view holds of accounts, as far as its writer has to know. */
export type HeldItems<Item extends HotItem> = {
  /** The items of these accounts by account id, and the letters of those that have a gap. */
  readonly load: (
    aggregateIds: readonly string[],
    entries: EntriesByAggregate,
  ) => Promise<{
    readonly reads: ReadonlyMap<string, HotRead<Item>>;
    readonly letters: ReadonlyMap<string, HotLetter>;
  }>;
  /** Notes an item that was written. */
  readonly keep: (item: Item) => void;
  /** Lets an account's item be read the next time. */
  readonly forget: (accountId: string) => void;
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
    for (const accountId of aggregateIds.map(fromAggregateId)) {
      const item = cache.get(accountId);
      if (item === undefined) {
        unknown.push(accountId);
      } else {
        reads.set(accountId, { kind: 'current', item });
      }
    }
    for (const [accountId, found] of await getHotItems(dynamo, view, unknown)) {
      reads.set(accountId, found);
      if (found.kind === 'current') {
        cache.set(accountId, found.item);
      }
    }
    return reads;
  }

  return {
    load: async (aggregateIds, entries) => {
      const cached = await read(aggregateIds);
      const gapped = aggregateIds.filter((aggregateId) => {
        const found = cached.get(fromAggregateId(aggregateId));
        const held = sequenceOf(found);
        const next = entries.get(aggregateId)?.find(({ eventSequence }) => eventSequence > held);
        const isOther = found !== undefined && found.kind !== 'current';
        return isOther || (next?.eventSequence ?? 0) > held + 1;
      });
      const letters = await getHotLetters(dynamo, view.name, gapped);
      // Whether an account waits depends on its item: the cached one may be an old one.
      for (const aggregateId of letters.keys()) {
        cache.delete(fromAggregateId(aggregateId));
      }
      const fresh = await read([...letters.keys()]);
      return { reads: new Map([...cached, ...fresh]), letters };
    },
    keep: (item) => {
      cache.set(item.accountId, item);
    },
    forget: (accountId) => {
      cache.delete(accountId);
    },
  };
}
