import pLimit from 'p-limit';
import { PlayheadError } from '#lib/playhead-error.ts';
import {
  getHotDeadLetters,
  type HotDeadLetter,
  isWaiting,
  skippedOf,
} from '#server/runtime/dead-letters/hot-dead-letters.ts';
import type { DeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import { type Advance, advanceItem } from './advance-item.ts';
import { foldAnew } from './fold-anew.ts';
import { createHeldItems } from './held-items.ts';
import type { EntriesByAggregate, HistoryEntry } from './history-entry.ts';
import { findConflict, toConflict } from './hot-conflict.ts';
import type { HotFailure } from './hot-failure.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotChange, type HotMarks, putHotItems } from './put-hot-items.ts';
import type { HistoryStore } from './read-history.ts';
import { type HotRead, sequenceOf } from './stored-hot-item.ts';

/** Brings a view's items up to these events; answers where it had to stop, and why. */
export type HotViewWriter = (entries: EntriesByAggregate) => Promise<HotFailure[]>;

/** Hears which events a view has now, and since when (epoch milliseconds) they were written. Must not throw. */
export type OnHotWritten = (events: readonly DeliveredEvent[], begunAt: number) => void;

/** Items per write: past some twenty the embedded engine gets no faster, and others wait longer. */
const WRITE_SIZE = 25;
const WRITES_AT_ONCE = 4;

/** Aggregates that are folded at a time; each may have a gap to read from the event store. */
const FOLDS_AT_ONCE = 16;

/** Losing an item to another writer this often in a row is more than a change of the lease. */
const MAX_ATTEMPTS = 5;

/** How far an aggregate of the batch has been folded. */
type Folded<Item extends HotItem> = Advance<Item> & {
  readonly aggregateId: string;
  /** What the view has of it. */
  readonly read: HotRead<Item> | undefined;
  readonly letter: HotDeadLetter | undefined;
  /** An event of the batch that is another one than the item's last, with the same sequence. */
  readonly conflict: HistoryEntry | undefined;
};

/**
 * Makes the writer of a hot view. Each aggregate goes on from the item that the view holds: one write
 * for all of its events, conditional on that item, so that of two workers at the same events one
 * writes and the other finds it done. One aggregate that fails leaves the others alone. An item of an
 * older version of the view is folded anew from the event store; one of a newer version is left alone,
 * and fails with a transient error.
 *
 * An aggregate that waits at a dead letter always shows as a gap, for its item stays where it is: so
 * dead letters are looked up where there is a gap or a failure, and cost nothing everywhere else.
 */
export function createHotViewWriter<Item extends HotItem>(
  dynamo: Dynamo,
  store: HistoryStore,
  view: HotView<Item>,
  onWritten?: OnHotWritten,
): HotViewWriter {
  const held = createHeldItems(dynamo, view);
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
          fail([aggregateId], entries, error, failures);
          return [];
        }
      });

    const folding: Promise<Folded<Item>[]>[] = [];
    for (const aggregateId of aggregateIds) {
      const letter = letters.get(aggregateId);
      const read = reads.get(aggregateId);
      if (read?.kind === 'newer' || (read?.kind === 'disputed' && letter?.dead === undefined)) {
        fail([aggregateId], entries, read.error, failures);
      } else if (!isHeldBack(read, letter)) {
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
      const { item, failed, letter, conflict } = each;
      if (failed !== undefined && !isWaiting(letter, failed.eventSequence - 1)) {
        failures.push({ entry: failed, error: failed.error });
      }
      if (item !== undefined && conflict !== undefined) {
        failures.push({ entry: conflict, error: toConflict(view, item, conflict) });
      }
      return each;
    });
  }

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

  function lettersOf(aggregateIds: readonly string[]) {
    return getHotDeadLetters(dynamo, view.name, aggregateIds);
  }

  /** Answers the aggregates that were not written because the view held something else. */
  async function writeAll(
    folded: readonly Folded<Item>[],
    entries: EntriesByAggregate,
    failures: HotFailure[],
  ): Promise<string[]> {
    const changed = folded.filter(
      ({ item, read, conflict }) => conflict !== undefined || item !== heldOf(read),
    );
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
    const changes = chunk.flatMap(({ aggregateId, item, read, conflict }): HotChange<Item>[] => {
      const conflictsWith = conflict?.source.eventId ?? undefined;
      return item === undefined
        ? []
        : [{ aggregateId, next: item, replaces: toMarks(view, read), conflictsWith }];
    });
    const aggregateIds = chunk.map(({ aggregateId }) => aggregateId);
    const begunAt = Date.now();
    try {
      if (!(await put(changes))) {
        return aggregateIds;
      }
      onWritten?.(toWritten(chunk, entries), begunAt);
      return [];
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
    { aggregateId, read, letter, ...whole }: Folded<Item>,
    entries: EntriesByAggregate,
    failures: HotFailure[],
  ): Promise<boolean> {
    const options = { skipped: skippedOf(letter), maxEvents: 1 };
    let replaces = toMarks(view, read);
    for (let from = heldOf(read); ; ) {
      const events = entries.get(aggregateId) ?? [];
      // What is folded anew goes into the view as a whole: no item goes back.
      const { item, last } =
        read === undefined || read.kind === 'current'
          ? await advanceItem(store, view, from, events, options)
          : whole;
      if (item === undefined || item === from || last === undefined) {
        return true;
      }
      try {
        if (!(await put([{ aggregateId, next: item, replaces }]))) {
          return false;
        }
      } catch (error) {
        failures.push({ entry: last, error });
        return true;
      }
      from = item;
      replaces = toMarks(view, { kind: 'current', item });
    }
  }

  async function put(changes: readonly HotChange<Item>[]): Promise<boolean> {
    let isWritten = false;
    try {
      isWritten = await putHotItems(dynamo, view, changes);
    } finally {
      for (const { aggregateId, next, conflictsWith } of changes) {
        if (isWritten && conflictsWith === undefined) {
          held.keep(aggregateId, next);
        } else {
          // Nobody knows what the view holds now: it is read the next time.
          held.forget(aggregateId);
        }
      }
    }
    return isWritten;
  }
}

/** The events of the batch that were not in the items before, and are in them now. */
function toWritten<Item extends HotItem>(
  chunk: readonly Folded<Item>[],
  entries: EntriesByAggregate,
): DeliveredEvent[] {
  return chunk.flatMap(({ aggregateId, item, read }) =>
    (entries.get(aggregateId) ?? [])
      .filter(({ eventSequence }) => eventSequence > sequenceOf(read))
      .filter(({ eventSequence }) => eventSequence <= (item?.sequence ?? 0))
      .map(({ source }) => source),
  );
}

function heldOf<Item extends HotItem>(read: HotRead<Item> | undefined): Item | undefined {
  return read?.kind === 'current' ? read.item : undefined;
}

/** What the item is known by that a write replaces; undefined where there is none. */
function toMarks<Item extends HotItem>(
  { version }: HotView<Item>,
  read: HotRead<Item> | undefined,
): HotMarks | undefined {
  if (read?.kind !== 'current') {
    return read?.stored;
  }
  const { sequence, rebuiltAt } = read.item;
  return { sequence, rebuiltAt, viewVersion: version };
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
