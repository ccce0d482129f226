import { type HistoryEntry, isFailed } from './history-entry.ts';
import { nextKept } from './next-kept.ts';
import { follow, type HistoryStore, readHistory } from './read-history.ts';

/**
 * One aggregate's events in order and without gaps from the one after `held` on, in portions: what is
 * missing before and between the given ones (sorted by sequence) is read from the event store; what
 * is held already, and what was skipped, is left out. A failed entry is the last one. Throws what the
 * event store throws.
 */
export async function* fillGaps(
  store: HistoryStore,
  held: number,
  entries: readonly HistoryEntry[],
  skipped: ReadonlySet<number>,
): AsyncGenerator<readonly HistoryEntry[], void, void> {
  let next = nextKept(held, skipped);
  let run: HistoryEntry[] = [];
  for (const entry of entries) {
    const { source, eventSequence } = entry;
    if (eventSequence < next || skipped.has(eventSequence)) {
      continue;
    }
    if (eventSequence > next) {
      yield run;
      run = [];
      const gap = { from: next, to: eventSequence - 1 };
      for await (const portion of readHistory(store, source.aggregateId, gap, skipped)) {
        yield portion;
        if (portion.some(isFailed)) {
          return;
        }
      }
    }
    run.push(follow(entry, skipped));
    next = nextKept(eventSequence, skipped);
    if (isFailed(entry)) {
      break;
    }
  }
  yield run;
}
