import { LRUCache } from 'lru-cache';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import { estimateBytes } from './estimate-bytes.ts';

/** How many states are remembered, and how many bytes they take at most. */
export type CacheSize = { readonly states: number; readonly bytes: number };

/** States differ: an account's is small, that of a template holds each version's text. */
const SIZE: CacheSize = { states: 10_000, bytes: 64 * 1024 * 1024 };

/** For an import, which returns to each of its aggregates again and again: reading one anew takes longest. */
export const IMPORT_CACHE: CacheSize = { states: 200_000, bytes: 512 * 1024 * 1024 };

/** Folded states by aggregate id, those that were asked for last; what they take is bounded. */
export type StateCache = {
  /** The newest state: what is remembered is where reading begins. */
  readonly load: (aggregateId: string) => Promise<LoadedState>;
  /** What is remembered, which others may have gone past; else the newest state. */
  readonly recall: (aggregateId: string) => Promise<LoadedState>;
  /** Remembers what was appended, and writes snapshots of `keyframes` in the background. */
  readonly remember: (
    aggregateId: string,
    loaded: LoadedState,
    keyframes: readonly LoadedState[],
  ) => void;
  /** Resolves when no snapshot is being written any more. */
  readonly flush: () => Promise<void>;
};

/** Creates an empty cache of a server's size, or the given one; `onSnapshotError` hears of snapshots that could not be written. */
export function createStateCache(
  store: Pick<EventStore, 'load' | 'saveSnapshots'>,
  onSnapshotError: (error: unknown) => void,
  { states: max, bytes: maxSize }: CacheSize = SIZE,
): StateCache {
  const states = new LRUCache<string, LoadedState>({
    max,
    maxSize,
    sizeCalculation: ({ state }) => estimateBytes(state),
  });
  const writes = new Set<Promise<void>>();

  const load = async (aggregateId: string): Promise<LoadedState> => {
    const known = states.get(aggregateId);
    const loaded = await store.load(aggregateId, known).catch((error: unknown) => {
      throw isPlayheadError(error, 'EVENT_UNREADABLE') ? refused(aggregateId, error) : error;
    });
    if (loaded.version > 0) {
      states.set(aggregateId, loaded);
    }
    return loaded;
  };

  return {
    load,
    recall: async (aggregateId) => states.get(aggregateId) ?? load(aggregateId),
    remember: (aggregateId, loaded, keyframes) => {
      states.set(aggregateId, loaded);
      if (keyframes.length > 0) {
        const write = store
          .saveSnapshots(aggregateId, keyframes)
          .catch(onSnapshotError)
          .finally(() => writes.delete(write));
        writes.add(write);
      }
    },
    flush: async () => {
      while (writes.size > 0) {
        await Promise.all(writes);
      }
    },
  };
}

/** What cannot be folded cannot be decided on: the sentence of the event, and what it means. */
function refused(aggregateId: string, cause: PlayheadError): PlayheadError {
  return new PlayheadError(
    'EVENT_UNREADABLE',
    `${cause.message} ${aggregateId} takes no commands until a program that can read it runs.`,
    { cause },
  );
}
