import { PlayheadError } from '#lib/playhead-error.ts';
import type { Aggregate } from './aggregate.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** A state folded from the events 1 to `version`; `version` 0 is before the first one. */
export type LoadedState<State = unknown> = { readonly state: State; readonly version: number };

/** Before the first event. */
export function toInitial({ initialState }: Aggregate): LoadedState {
  return { state: initialState, version: 0 };
}

/** A snapshot is kept of every state whose version is a multiple of this. */
export const KEYFRAME_INTERVAL = 100;

/**
 * The state after more events, and on the way every state that is worth a snapshot. Throws
 * EVENT_UNREADABLE, which names the event, at a gap in the sequence and at an event that cannot
 * have followed.
 */
export function foldEvents(
  aggregate: Aggregate,
  base: LoadedState,
  events: Iterable<RecordedEvent>,
): { readonly loaded: LoadedState; readonly keyframes: readonly LoadedState[] } {
  let loaded = base;
  const keyframes: LoadedState[] = [];
  for (const event of events) {
    loaded = foldEvent(aggregate, loaded, event);
    if (loaded.version % KEYFRAME_INTERVAL === 0) {
      keyframes.push(loaded);
    }
  }
  return { loaded, keyframes };
}

/** The state after one more event; throws as `foldEvents` does. */
export function foldEvent(
  aggregate: Aggregate,
  { state, version }: LoadedState,
  event: RecordedEvent,
): LoadedState {
  if (event.eventSequence !== version + 1) {
    throw outOfPlace(event, `event ${version + 1} should come after event ${version}`);
  }
  try {
    return { state: aggregate.evolve(state, event), version: event.eventSequence };
  } catch (error) {
    throw outOfPlace(event, error instanceof Error ? error.message : String(error), error);
  }
}

function outOfPlace(event: RecordedEvent, problem: string, cause?: unknown): PlayheadError {
  const name = `${event.aggregateId}/${event.eventSequence}`;
  const sentence = `Event ${name} does not fit its history: ${problem}.`;
  return new PlayheadError('EVENT_UNREADABLE', sentence, { cause });
}
