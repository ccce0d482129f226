import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { RecordedEvent } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { fillGaps } from './fill-gaps.ts';
import { getHotItems } from './get-hot-item.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotChange, putHotItems } from './put-hot-items.ts';

/** Events by account, each account's sorted by sequence. */
export type EventsByAccount = ReadonlyMap<string, readonly RecordedEvent[]>;

/** Brings a view's items up to these events; answers why some accounts could not be. */
export type HotViewWriter = (events: EventsByAccount) => Promise<unknown[]>;

/** Items that were last written or read; they save a read, and the write's condition protects. */
const CACHED_ITEMS = 2_000;

/** Items per write: past some twenty the embedded engine gets no faster, and others wait longer. */
const WRITE_SIZE = 25;
const WRITES_AT_ONCE = 4;

/** Accounts that are folded at a time; each may have a gap to read from the event store. */
const FOLDS_AT_ONCE = 16;

/** Losing an item to another writer this often in a row is more than a change of the lease. */
const MAX_ATTEMPTS = 5;

/**
 * Makes the writer of a hot view. Each account goes on from the item that the view holds: one write
 * for all of its events, conditional on that item, so that of two workers at the same events one
 * writes and the other finds it done. One account that fails leaves the others alone.
 */
export function createHotViewWriter<Item extends HotItem>(
  dynamo: Dynamo,
  store: Pick<EventStore, 'read'>,
  view: HotView<Item>,
): HotViewWriter {
  const cache = new LRUCache<string, Item>({ max: CACHED_ITEMS });
  const inFolds = pLimit(FOLDS_AT_ONCE);
  const inWrites = pLimit(WRITES_AT_ONCE);

  return async (events) => {
    const failures: unknown[] = [];
    let pending = [...events.keys()];
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      if (attempt > MAX_ATTEMPTS) {
        const sentence = `Others keep writing to ${view.name}: ${pending.join(', ')}.`;
        return [...failures, new PlayheadError('CONTENTION', sentence)];
      }
      const changes = await toChanges(pending, events, failures);
      const lost = await write(changes, failures);
      pending = lost.map(({ next }) => next.accountId);
    }
    return failures;
  };

  async function toChanges(
    accountIds: readonly string[],
    events: EventsByAccount,
    failures: unknown[],
  ): Promise<HotChange<Item>[]> {
    const items = await getItems(accountIds);
    const changes = accountIds.map((accountId) =>
      inFolds(async () => {
        const held = items.get(accountId);
        const next = await advance(held, events.get(accountId) ?? []);
        return next === undefined || next === held ? [] : [{ next, replaces: held?.sequence }];
      }),
    );
    return (await collect(changes, failures)).flat();
  }

  async function getItems(accountIds: readonly string[]): Promise<ReadonlyMap<string, Item>> {
    const items = new Map<string, Item>();
    for (const accountId of accountIds) {
      const item = cache.get(accountId);
      if (item !== undefined) {
        items.set(accountId, item);
      }
    }
    const unknown = accountIds.filter((accountId) => !items.has(accountId));
    for (const [accountId, item] of await getHotItems(dynamo, view, unknown)) {
      items.set(accountId, item);
      cache.set(accountId, item);
    }
    return items;
  }

  async function advance(
    held: Item | undefined,
    events: readonly RecordedEvent[],
  ): Promise<Item | undefined> {
    let item = held;
    for await (const portion of fillGaps(store, held?.sequence ?? 0, events)) {
      item = view.fold(item, portion);
    }
    return item;
  }

  /**
   * Answers the changes that were not written because the view held something else, for one of
   * those that go together at least.
   */
  async function write(
    changes: readonly HotChange<Item>[],
    failures: unknown[],
  ): Promise<HotChange<Item>[]> {
    const writes: Promise<readonly HotChange<Item>[]>[] = [];
    for (let from = 0; from < changes.length; from += WRITE_SIZE) {
      const chunk = changes.slice(from, from + WRITE_SIZE);
      writes.push(inWrites(() => writeChunk(chunk)));
    }
    return (await collect(writes, failures)).flat();
  }

  async function writeChunk(
    chunk: readonly HotChange<Item>[],
  ): Promise<readonly HotChange<Item>[]> {
    let isWritten = false;
    try {
      isWritten = await putHotItems(dynamo, view, chunk);
    } finally {
      for (const { next } of chunk) {
        if (isWritten) {
          cache.set(next.accountId, next);
        } else {
          // Nobody knows what the view holds now: it is read the next time.
          cache.delete(next.accountId);
        }
      }
    }
    return isWritten ? [] : chunk;
  }
}

async function collect<Result>(
  attempts: readonly Promise<Result>[],
  failures: unknown[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (const settled of await Promise.allSettled(attempts)) {
    if (settled.status === 'fulfilled') {
      results.push(settled.value);
    } else {
      failures.push(settled.reason);
    }
  }
  return results;
}
