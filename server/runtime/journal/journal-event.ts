import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';

/** A stored event with its place in the total order. */
export type JournalEvent = StoredEvent & { readonly position: number };
