import { PlayheadError } from '#lib/playhead-error.ts';
import type { RecordedEvent } from '#server/domain/recorded-event.ts';
import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { EventStore } from '#server/event-store/event-store.ts';

/** So many events of a gap are in memory at a time. */
const PORTION = 1_000;

/**
 * One account's events in order and without gaps from the one after `held` on, in portions: what is
 * missing before and between the given ones (sorted by sequence) is read from the event store, what
 * is held already is left out. Throws SEQUENCE_GAP when the event store lacks an event.
 */
export async function* fillGaps(
  store: Pick<EventStore, 'read'>,
  held: number,
  events: readonly RecordedEvent[],
): AsyncGenerator<readonly RecordedEvent[]> {
  let sequence = held;
  let run: RecordedEvent[] = [];
  for (const event of events) {
    if (event.eventSequence > sequence + 1) {
      yield run;
      run = [];
      const last = event.eventSequence - 1;
      for (let from = sequence + 1; from <= last; from += PORTION) {
        yield await read(store, event.aggregateId, from, Math.min(last, from + PORTION - 1));
      }
      sequence = last;
    }
    if (event.eventSequence === sequence + 1) {
      run.push(event);
      sequence = event.eventSequence;
    }
  }
  yield run;
}

async function read(
  store: Pick<EventStore, 'read'>,
  aggregateId: string,
  from: number,
  to: number,
): Promise<RecordedEvent[]> {
  const events = await store.read(aggregateId, { from, to });
  if (events.length !== to - from + 1) {
    throw new PlayheadError(
      'SEQUENCE_GAP',
      `The event store has ${events.length} of the events ${from} to ${to} of ${aggregateId}, ` +
        'although it has delivered a later one.',
    );
  }
  return events.map(toRecordedEvent);
}
