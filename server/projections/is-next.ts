import { PlayheadError } from '#lib/playhead-error.ts';
import type { RecordedEvent } from '#server/domain/recorded-event.ts';

/**
 * Whether `event` follows on what a view holds of its account, the events up to `heldSequence`;
 * false when it is among them. Throws SEQUENCE_GAP when events in between are missing.
 */
export function isNext(heldSequence: number, event: RecordedEvent): boolean {
  const { aggregateId, eventSequence } = event;
  if (eventSequence > heldSequence + 1) {
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `Event ${eventSequence} of ${aggregateId} came, but the rows hold its events up to ` +
        `${heldSequence} only: rebuild the projection.`,
    );
  }
  return eventSequence > heldSequence;
}
