import pLimit from 'p-limit';
import { PlayheadError } from '#lib/playhead-error.ts';
import { skippedOf } from '#server/runtime/dead-letters/hot-dead-letters.ts';
import type { DeliveredEvent } from '#server/runtime/event-store/delivered-event.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { categorize } from '#server/runtime/platform/failure.ts';
import { advanceItem } from './advance-item.ts';
import { createBatchFold, type Folded } from './batch-fold.ts';
import { createHeldItems } from './held-items.ts';
import type { EntriesByAggregate } from './history-entry.ts';
import { type HotFailure, toFailures } from './hot-failure.ts';
import type { HotItem, HotView } from './hot-view.ts';
import { type HotChange, type HotMarks, putHotItems } from './put-hot-items.ts';
import type { HistoryStore } from './read-history.ts';
import { type HotRead, heldOf, sequenceOf } from './stored-hot-item.ts';

/** Brings a view's items up to these events; answers where it had to stop, and why. */
export type HotViewWriter = (entries: EntriesByAggregate) => Promise<HotFailure[]>;

/** Hears which events a view has now, and since when (epoch milliseconds) they were written. Must not throw. */
export type OnHotWritten = (events: readonly DeliveredEvent[], begunAt: number) => void;

/** Items per write: past some twenty the embedded engine gets no faster, and others wait longer. */
const WRITE_SIZE = 25;
const WRITES_AT_ONCE = 4;

/** Losing an item to another writer this often in a row is more than a change of the lease. */
const MAX_ATTEMPTS = 5;

/**
 * Makes the writer of a hot view. Each aggregate goes on from the item that the view holds: one write
 * for all of its events, conditional on that item, so that of two workers at the same events one
 * writes and the other finds it done. One aggregate that fails leaves the others alone. An item of an
 * older version of the view is folded anew from the event store; one of a newer version is left alone,
 * and fails with a transient error.
 */
export function createHotViewWriter<Item extends HotItem>(
  dynamo: Dynamo,
  store: HistoryStore,
  view: HotView<Item>,
  onWritten?: OnHotWritten,
): HotViewWriter {
  const held = createHeldItems(dynamo, view);
  const foldBatch = createBatchFold(dynamo, store, view, held);
  const inWrites = pLimit(WRITES_AT_ONCE);

  return async (entries) => {
    const failures: HotFailure[] = [];
    let pending = [...entries.keys()];
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      if (attempt > MAX_ATTEMPTS) {
        const error = new PlayheadError('CONTENTION', `Others keep writing to ${view.name}.`);
        failures.push(...toFailures(pending, entries, error));
        break;
      }
      const folded = await foldBatch(pending, entries, failures);
      pending = await writeAll(folded, entries, failures);
    }
    return failures;
  };

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
        failures.push(...toFailures(aggregateIds, entries, error));
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
