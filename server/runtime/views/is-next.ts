import { PlayheadError } from '#lib/playhead-error.ts';
import type { DomainEvent, RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';

/** An event in a view that may leave out skipped ones. */
export type FollowingEvent<Event extends DomainEvent = DomainEvent> = RecordedEvent<Event> & {
  /** The sequence that it follows on; the one before its own, unless events were skipped. */
  readonly follows?: number;
};

/**
 * Whether `event` follows on what a view holds of its aggregate, the events up to `heldSequence`;
 * false when it is among them. Throws SEQUENCE_GAP when events in between are missing.
 */
export function isNext(heldSequence: number, event: FollowingEvent): boolean {
  const { aggregateId, eventSequence } = event;
  if (heldSequence < (event.follows ?? eventSequence - 1)) {
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `Event ${eventSequence} of ${aggregateId} came, but the rows hold its events up to ` +
        `${heldSequence} only: rebuild the projection.`,
    );
  }
  return eventSequence > heldSequence;
}
