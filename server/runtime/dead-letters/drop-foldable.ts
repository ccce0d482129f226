import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import { isFailed, toHistoryEntry } from '#server/runtime/hot-views/history-entry.ts';
import type { HistoryStore } from '#server/runtime/hot-views/read-history.ts';
import type { Trouble } from './trouble.ts';

/** So many skipped events are read again. */
const MOST_READ = 20;

/**
 * Troubles without the skipped events that this program can read: one that was unknown to an older
 * program is no wall for this one. What the event store cannot say now stays.
 */
export async function dropFoldable(
  store: HistoryStore,
  troubles: readonly Trouble[],
): Promise<Trouble[]> {
  const skipped = troubles.filter((trouble) => trouble.skipped !== null);
  const events = new Map(skipped.map((trouble) => [keyOf(trouble), trouble]));
  const foldable = new Set<string>();
  await Promise.all(
    [...events].slice(0, MOST_READ).map(async ([key, event]) => {
      if (await isFoldable(store, event)) {
        foldable.add(key);
      }
    }),
  );
  return troubles.filter((trouble) => trouble.skipped === null || !foldable.has(keyOf(trouble)));
}

type EventPlace = Pick<Trouble, 'aggregateId' | 'eventSequence'>;

/** Whether this program can read an event; false also while the event store does not answer. */
export async function isFoldable(
  store: HistoryStore,
  { aggregateId, eventSequence }: EventPlace,
): Promise<boolean> {
  const range = { from: eventSequence, to: eventSequence };
  const found = await readDelivered(store, aggregateId, range, { areKnown: true }).catch(() => []);
  return found.some((event) => !isFailed(toHistoryEntry(store, event)));
}

function keyOf({ aggregateId, eventSequence }: EventPlace): string {
  return JSON.stringify([aggregateId, eventSequence]);
}
