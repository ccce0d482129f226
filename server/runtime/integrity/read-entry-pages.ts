import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import { type HistoryEntry, toHistoryEntry } from '#server/runtime/hot-views/history-entry.ts';

const PAGE_SIZE = 1_000;

/** All of an aggregate's events, past those that cannot be read. */
export async function* readEntryPages(
  store: EventStore,
  aggregateId: string,
): AsyncGenerator<HistoryEntry[]> {
  for (let from = 1; ; ) {
    const range = { from, to: from + PAGE_SIZE - 1 };
    const events = await readDelivered(store, aggregateId, range, { areKnown: false });
    const last = events.at(-1);
    if (last === undefined) {
      return;
    }
    yield events.map((event) => toHistoryEntry(store, event));
    from = last.eventSequence + 1;
  }
}
