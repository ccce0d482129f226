import { isPlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';

/** The first event of an aggregate that cannot be folded, and why. */
export type Wall = { readonly sequence: number; readonly sentence: string };

type FoldStore = Pick<EventStore, 'loadAt'>;

/**
 * The state after `sequence`, or what keeps it from being known: the first event up to there that cannot
 * be folded. It is found by halving, each time from the nearest snapshot. Throws what the store throws
 * but for EVENT_UNREADABLE.
 */
export async function foldToWall(
  store: FoldStore,
  aggregateId: string,
  sequence: number,
): Promise<{ readonly loaded: LoadedState } | { readonly wall: Wall }> {
  const whole = await tryFold(store, aggregateId, sequence);
  if ('loaded' in whole) {
    return whole;
  }
  // Invariant: the state after `readable` is known, that after `wall.sequence` is not.
  let readable = 0;
  let wall: Wall = { sequence, sentence: whole.sentence };
  while (wall.sequence - readable > 1) {
    const middle = Math.floor((readable + wall.sequence) / 2);
    const half = await tryFold(store, aggregateId, middle);
    if ('loaded' in half) {
      readable = middle;
    } else {
      wall = { sequence: middle, sentence: half.sentence };
    }
  }
  return { wall };
}

async function tryFold(
  store: FoldStore,
  aggregateId: string,
  sequence: number,
): Promise<{ readonly loaded: LoadedState } | { readonly sentence: string }> {
  try {
    const loaded = await store.loadAt(aggregateId, sequence);
    // Fewer events than there must be: the one after the last is missing.
    const isWhole = loaded.version === sequence;
    const missing = `The event store has no event ${loaded.version + 1} of ${aggregateId}.`;
    return isWhole ? { loaded } : { sentence: missing };
  } catch (error) {
    if (isPlayheadError(error, 'EVENT_UNREADABLE')) {
      return { sentence: error.message };
    }
    throw error;
  }
}
