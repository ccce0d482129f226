import { type DeliveredEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import type { FollowingEvent } from '#server/runtime/views/is-next.ts';

/** An event of an aggregate's history as a view can take it, or why it cannot. */
export type HistoryEntry = {
  readonly eventSequence: number;
  readonly source: DeliveredEvent;
} & ({ readonly event: FollowingEvent } | { readonly error: unknown });

export type FailedEntry = HistoryEntry & { readonly error: unknown };

/** Reads an event: in its current shape, or with what is wrong with it. */
export function toHistoryEntry(
  { decode }: Pick<EventCodec, 'decode'>,
  source: DeliveredEvent,
): HistoryEntry {
  const { eventSequence } = source;
  if (isBroken(source)) {
    return { eventSequence, source, error: source.problem };
  }
  try {
    return { eventSequence, source, event: decode(source) };
  } catch (error) {
    return { eventSequence, source, error };
  }
}

export function isFailed(entry: HistoryEntry): entry is FailedEntry {
  return 'error' in entry;
}

/** Events by aggregate, each one's sorted by sequence. */
export type EntriesByAggregate = ReadonlyMap<string, readonly HistoryEntry[]>;
