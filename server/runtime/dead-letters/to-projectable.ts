import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import type { JournalEntry } from '#server/runtime/views/journal-entry.ts';
import type { ProjectedEvent } from '#server/runtime/views/postgres-view.ts';
import type { Exceptions } from './load-exceptions.ts';
import { toFollows } from './to-follows.ts';

/** A batch as a projection can take it. */
export type Projectable = {
  readonly events: readonly ProjectedEvent[];
  /** By aggregate, its first event that cannot be read; those behind it are left out of `events`. */
  readonly unreadable: readonly { readonly event: JournalEvent; readonly error: unknown }[];
};

/**
 * What of a batch a projection applies: without what waits behind dead letters, without what was
 * skipped, and up to what cannot be read. Keeps the order. Pure.
 */
export function toProjectable(
  batch: readonly JournalEntry[],
  { blocked, skipped }: Exceptions,
): Projectable {
  const unreadable = new Map<string, { event: JournalEvent; error: unknown }>();
  const events: ProjectedEvent[] = [];
  for (const entry of batch) {
    const { aggregateId, eventSequence } = entry.stored;
    const skippedHere = skipped.get(aggregateId);
    const isLeftOut =
      eventSequence >= (blocked.get(aggregateId) ?? Number.POSITIVE_INFINITY) ||
      unreadable.has(aggregateId) ||
      skippedHere?.has(eventSequence);
    if (isLeftOut) {
      continue;
    }
    if ('error' in entry) {
      unreadable.set(aggregateId, { event: entry.stored, error: entry.error });
    } else {
      const follows = toFollows(eventSequence, skippedHere);
      events.push(follows === undefined ? entry.event : { ...entry.event, follows });
    }
  }
  return { events, unreadable: [...unreadable.values()] };
}
