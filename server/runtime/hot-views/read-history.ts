import { toFollows } from '#server/runtime/dead-letters/to-follows.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import { type HistoryEntry, isFailed, toHistoryEntry } from './history-entry.ts';
import { nextKept } from './next-kept.ts';

/** So many events are in memory at a time. */
const PORTION = 1_000;

export type HistoryStore = Pick<EventStore, 'read' | 'getRawItem' | 'decode'>;

/**
 * An aggregate's events from `from` on in portions, from the event store, without those that were
 * skipped: up to `to`, which must all be there, or to its end. A failed entry is the last one: nothing
 * is read behind it. Throws what the store throws (`readDelivered`).
 */
export async function* readHistory(
  store: HistoryStore,
  aggregateId: string,
  { from, to = Number.POSITIVE_INFINITY }: { readonly from: number; readonly to?: number },
  skipped: ReadonlySet<number> = NONE,
): AsyncGenerator<readonly HistoryEntry[], void, void> {
  for (let next = nextKept(from - 1, skipped); next <= to; ) {
    const nextSkipped = Math.min(...[...skipped].filter((sequence) => sequence > next));
    const end = Math.min(to, next + PORTION - 1, nextSkipped - 1);
    const areKnown = Number.isFinite(to) || Number.isFinite(nextSkipped);
    const range = { from: next, to: end };
    const events = await readDelivered(store, aggregateId, range, { areKnown });
    const portion = events.map((event) => follow(toHistoryEntry(store, event), skipped));
    const failedAt = portion.findIndex(isFailed);
    if (failedAt >= 0) {
      yield portion.slice(0, failedAt + 1);
      return;
    }
    if (portion.length > 0) {
      yield portion;
    }
    if (portion.length < end - next + 1) {
      return;
    }
    next = nextKept(end, skipped);
  }
}

/** Tells an event what it follows on where those before it were skipped. */
export function follow(entry: HistoryEntry, skipped: ReadonlySet<number>): HistoryEntry {
  const follows = toFollows(entry.eventSequence, skipped);
  return isFailed(entry) || follows === undefined
    ? entry
    : { ...entry, event: { ...entry.event, follows } };
}

const NONE: ReadonlySet<number> = new Set();
