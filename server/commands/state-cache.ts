import { LRUCache } from 'lru-cache';
import { isPlayheadError, PlayheadError } from '#lib/playhead-error.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { LoadedState } from '#server/event-store/fold-events.ts';

const MAX_STATES = 10_000;

/** Folded states by account id. */
export type StateCache = {
  /** The newest state: what is remembered is where reading begins. */
  readonly load: (accountId: string) => Promise<LoadedState>;
  /** What is remembered, which others may have gone past; else the newest state. */
  readonly recall: (accountId: string) => Promise<LoadedState>;
  /** Remembers what was appended, and writes snapshots of `keyframes` in the background. */
  readonly remember: (
    accountId: string,
    loaded: LoadedState,
    keyframes: readonly LoadedState[],
  ) => void;
  /** Resolves when no snapshot is being written any more. */
  readonly drain: () => Promise<void>;
};

/** Creates an empty cache; `onSnapshotError` hears of snapshots that could not be written. */
export function createStateCache(
  store: Pick<EventStore, 'load' | 'saveSnapshots'>,
  onSnapshotError: (error: unknown) => void,
): StateCache {
  const states = new LRUCache<string, LoadedState>({ max: MAX_STATES });
  const writes = new Set<Promise<void>>();

  const load = async (accountId: string): Promise<LoadedState> => {
    const known = states.get(accountId);
    const loaded = await store.load(toAggregateId(accountId), known).catch((error: unknown) => {
      throw isPlayheadError(error, 'EVENT_UNREADABLE') ? refused(accountId, error) : error;
    });
    if (loaded.version > 0) {
      states.set(accountId, loaded);
    }
    return loaded;
  };

  return {
    load,
    recall: async (accountId) => states.get(accountId) ?? load(accountId),
    remember: (accountId, loaded, keyframes) => {
      states.set(accountId, loaded);
      if (keyframes.length > 0) {
        const write = store
          .saveSnapshots(toAggregateId(accountId), keyframes)
          .catch(onSnapshotError)
          .finally(() => writes.delete(write));
        writes.add(write);
      }
    },
    drain: async () => {
      while (writes.size > 0) {
        await Promise.all(writes);
      }
    },
  };
}

/** What cannot be folded cannot be decided on: the sentence of the event, and what it means. */
function refused(accountId: string, cause: PlayheadError): PlayheadError {
  return new PlayheadError(
    'EVENT_UNREADABLE',
    `${cause.message} Account ${accountId} takes no commands until a program that can read it runs.`,
    { cause },
  );
}
