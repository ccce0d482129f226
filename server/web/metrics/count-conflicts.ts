import type { EventStore } from '#server/runtime/event-store/event-store.ts';

/**
 * The same store, which calls `onConflict` whenever an append came too late because others had
 * written to one of its aggregates: the command is then decided anew.
 */
export function countConflicts(store: EventStore, onConflict: () => void): EventStore {
  return {
    ...store,
    // All that it is called with: the aggregates that a command only read are conditions as well.
    append: async (...addition) => {
      const result = await store.append(...addition);
      if (result.kind === 'conflict') {
        onConflict();
      }
      return result;
    },
  };
}
