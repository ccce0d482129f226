import type { EventStore } from '#server/event-store/event-store.ts';

/**
 * The same store, which calls `onConflict` whenever an append came too late because others had
 * written to the account: the command is then decided anew.
 */
export function countConflicts(store: EventStore, onConflict: () => void): EventStore {
  return {
    ...store,
    append: async (events, record) => {
      const result = await store.append(events, record);
      if (result.kind === 'conflict') {
        onConflict();
      }
      return result;
    },
  };
}
