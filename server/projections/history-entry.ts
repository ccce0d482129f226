import { toRecordedEvent } from '#server/event-store/codec.ts';
import { type DeliveredEvent, isBroken } from '#server/event-store/delivered-event.ts';
import type { FollowingEvent } from './is-next.ts';

/** An event of an account's history as a view can take it, or why it cannot. */
export type HistoryEntry = {
  readonly eventSequence: number;
  readonly source: DeliveredEvent;
} & ({ readonly event: FollowingEvent } | { readonly error: unknown });

export type FailedEntry = HistoryEntry & { readonly error: unknown };

/** Reads an event: in its current shape, or with what is wrong with it. */
export function toHistoryEntry(source: DeliveredEvent): HistoryEntry {
  const { eventSequence } = source;
  if (isBroken(source)) {
    return { eventSequence, source, error: source.problem };
  }
  try {
    return { eventSequence, source, event: toRecordedEvent(source) };
  } catch (error) {
    return { eventSequence, source, error };
  }
}

export function isFailed(entry: HistoryEntry): entry is FailedEntry {
  return 'error' in entry;
}

/** Events by aggregate, each one's sorted by sequence. */
export type EntriesByAggregate = ReadonlyMap<string, readonly HistoryEntry[]>;
