import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { PlayheadError } from '#lib/playhead-error.ts';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import type { Dynamo } from '#server/platform/dynamo.ts';
import { categorize } from '#server/platform/failure.ts';
import { type Advance, advanceItem } from './advance-item.ts';
import { getHotLetters, type HotLetter, isWaiting, skippedOf } from './dead-letters/hot-letters.ts';
import { getHotItems, type HotItems } from './get-hot-item.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { HotFailure } from './hot-failure.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotChange, putHotItems } from './put-hot-items.ts';
import type { HistoryStore } from './read-history.ts';

/** Events by aggregate, each one's sorted by sequence. */
export type EntriesByAggregate = ReadonlyMap<string, readonly HistoryEntry[]>;

/** Brings a view's items up to these events; answers where it had to stop, and why. */
export type HotViewWriter = (entries: EntriesByAggregate) => Promise<HotFailure[]>;

/** Items that were last written or read; they save a read, and the write's condition protects. */
const CACHED_ITEMS = 2_000;

/** Items per write: past some twenty the embedded engine gets no faster, and others wait longer. */
const WRITE_SIZE = 25;
const WRITES_AT_ONCE = 4;

/** Accounts that are folded at a time; each may have a gap to read from the event store. */
const FOLDS_AT_ONCE = 16;

/** Losing an item to another writer this often in a row is more than a change of the lease. */
const MAX_ATTEMPTS = 5;

/** How far an account of the batch has been folded. */
type Folded<Item extends HotItem> = Advance<Item> & {
  readonly aggregateId: string;
  readonly held: Item | undefined;
  readonly letter: HotLetter | undefined;
};

/**
 * Makes the writer of a hot view. Each account goes on from the item that the view holds: one write
 * for all of its events, conditional on that item, so that of two workers at the same events one
 * writes and the other finds it done. One account that fails leaves the others alone.
 *
 * An account that waits at a dead letter always shows as a gap, for its item stays where it is: so
 * dead letters are looked up where there is a gap or a failure, and cost nothing everywhere else.
 */
export function createHotViewWriter<Item extends HotItem>(
  dynamo: Dynamo,
  store: HistoryStore,
  view: HotView<Item>,
): HotViewWriter {
  const cache = new LRUCache<string, Item>({ max: CACHED_ITEMS });
  const inFolds = pLimit(FOLDS_AT_ONCE);
  const inWrites = pLimit(WRITES_AT_ONCE);

  return async (entries) => {
    const failures: HotFailure[] = [];
    let pending = [...entries.keys()];
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      if (attempt > MAX_ATTEMPTS) {
        const error = new PlayheadError('CONTENTION', `Others keep writing to ${view.name}.`);
        fail(pending, entries, error, failures);
        break;
      }
      const folded = await foldAll(pending, entries, failures);
      pending = await writeAll(folded, entries, failures);
    }
    return failures;
  };

  async function foldAll(
    aggregateIds: readonly string[],
    entries: EntriesByAggregate,
    failures: HotFailure[],
  ): Promise<Folded<Item>[]> {
    const { items, broken, letters } = await load(aggregateIds, entries);
    const fold = (aggregateId: string, letter: HotLetter | undefined) =>
      inFolds(async (): Promise<Folded<Item>[]> => {
        const held = items.get(fromAggregateId(aggregateId));
        const events = entries.get(aggregateId) ?? [];
        try {
          const skipped = skippedOf(letter);
          const advance = await advanceItem(store, view, held, events, { skipped });
          return [{ ...advance, aggregateId, held, letter }];
        } catch (error) {
          fail([aggregateId], entries, error, failures);
          return [];
        }
      });

    const folding: Promise<Folded<Item>[]>[] = [];
    for (const aggregateId of aggregateIds) {
      const accountId = fromAggregateId(aggregateId);
      const letter = letters.get(aggregateId);
      if (broken.has(accountId)) {
        if (letter?.dead?.status !== 'dead') {
          fail([aggregateId], entries, broken.get(accountId), failures);
        }
      } else if (!isWaiting(letter, items.get(accountId)?.sequence ?? 0)) {
        folding.push(fold(aggregateId, letter));
      }
    }
    const folded = (await Promise.all(folding)).flat();

    // What failed may have been skipped, or be dead already.
    const unknown = folded.filter(({ failed, letter }) => failed !== undefined && !letter);
    const found = await lettersOf(unknown.map(({ aggregateId }) => aggregateId));
    const known = await Promise.all(
      folded.map(async (each) => {
        const letter = found.get(each.aggregateId);
        return letter === undefined ? [each] : fold(each.aggregateId, letter);
      }),
    );
    return known.flat().map((each) => {
      const { failed, letter } = each;
      if (failed !== undefined && !isWaiting(letter, failed.eventSequence - 1)) {
        failures.push({ entry: failed, error: failed.error });
      }
      return each;
    });
  }

  /** The items of these accounts, and the letters of those that have a gap. */
  async function load(aggregateIds: readonly string[], entries: EntriesByAggregate) {
    const cached = await getItems(aggregateIds);
    const gapped = aggregateIds.filter((aggregateId) => {
      const accountId = fromAggregateId(aggregateId);
      const held = cached.items.get(accountId)?.sequence ?? 0;
      const next = entries.get(aggregateId)?.find(({ eventSequence }) => eventSequence > held);
      return cached.broken.has(accountId) || (next?.eventSequence ?? 0) > held + 1;
    });
    const letters = await lettersOf(gapped);
    // Whether an account waits depends on its item: the cached one may be an old one.
    for (const aggregateId of letters.keys()) {
      cache.delete(fromAggregateId(aggregateId));
    }
    const fresh = await getItems([...letters.keys()]);
    return {
      items: new Map([...cached.items, ...fresh.items]),
      broken: new Map([...cached.broken, ...fresh.broken]),
      letters,
    };
  }

  function lettersOf(aggregateIds: readonly string[]) {
    return getHotLetters(dynamo, view.name, aggregateIds);
  }

  async function getItems(aggregateIds: readonly string[]): Promise<HotItems<Item>> {
    const items = new Map<string, Item>();
    const unknown: string[] = [];
    for (const accountId of aggregateIds.map(fromAggregateId)) {
      const item = cache.get(accountId);
      if (item === undefined) {
        unknown.push(accountId);
      } else {
        items.set(accountId, item);
      }
    }
    const read = await getHotItems(dynamo, view, unknown);
    for (const [accountId, item] of read.items) {
      items.set(accountId, item);
      cache.set(accountId, item);
    }
    return { items, broken: read.broken };
  }

  /** Answers the aggregates that were not written because the view held something else. */
  async function writeAll(
    folded: readonly Folded<Item>[],
    entries: EntriesByAggregate,
    failures: HotFailure[],
  ): Promise<string[]> {
    const changed = folded.filter(({ item, held }) => item !== held);
    const writes: Promise<string[]>[] = [];
    for (let from = 0; from < changed.length; from += WRITE_SIZE) {
      const chunk = changed.slice(from, from + WRITE_SIZE);
      writes.push(inWrites(() => writeChunk(chunk, entries, failures)));
    }
    return (await Promise.all(writes)).flat();
  }

  async function writeChunk(
    chunk: readonly Folded<Item>[],
    entries: EntriesByAggregate,
    failures: HotFailure[],
  ): Promise<string[]> {
    const changes = chunk.flatMap(({ item, held }) =>
      item === undefined ? [] : [{ next: item, replaces: held }],
    );
    const aggregateIds = chunk.map(({ aggregateId }) => aggregateId);
    try {
      return (await put(changes)) ? [] : aggregateIds;
    } catch (error) {
      if (categorize(error) === 'transient') {
        fail(aggregateIds, entries, error, failures);
        return [];
      }
    }
    // DynamoDB refuses one of these items: event by event it shows which one, and from where on.
    const lost: string[] = [];
    for (const each of chunk) {
      if (!(await writeOneByOne(each, entries, failures))) {
        lost.push(each.aggregateId);
      }
    }
    return lost;
  }

  /** False when the view held something else. */
  async function writeOneByOne(
    { aggregateId, held, letter }: Folded<Item>,
    entries: EntriesByAggregate,
    failures: HotFailure[],
  ): Promise<boolean> {
    const options = { skipped: skippedOf(letter), maxEvents: 1 };
    for (let from = held; ; ) {
      const events = entries.get(aggregateId) ?? [];
      const { item, last } = await advanceItem(store, view, from, events, options);
      if (item === undefined || item === from || last === undefined) {
        return true;
      }
      try {
        if (!(await put([{ next: item, replaces: from }]))) {
          return false;
        }
      } catch (error) {
        failures.push({ entry: last, error });
        return true;
      }
      from = item;
    }
  }

  async function put(changes: readonly HotChange<Item>[]): Promise<boolean> {
    let isWritten = false;
    try {
      isWritten = await putHotItems(dynamo, view, changes);
    } finally {
      for (const { next } of changes) {
        if (isWritten) {
          cache.set(next.accountId, next);
        } else {
          // Nobody knows what the view holds now: it is read the next time.
          cache.delete(next.accountId);
        }
      }
    }
    return isWritten;
  }
}

function fail(
  aggregateIds: readonly string[],
  entries: EntriesByAggregate,
  error: unknown,
  failures: HotFailure[],
): void {
  for (const aggregateId of aggregateIds) {
    const [entry] = entries.get(aggregateId) ?? [];
    if (entry !== undefined) {
      failures.push({ entry, error });
    }
  }
}
