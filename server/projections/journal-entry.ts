import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { JournalEvent } from '#server/journal/journal-event.ts';
import type { ProjectedEvent } from './projection.ts';

/** An event of the journal as every projection can take it, or why none can. */
export type JournalEntry = { readonly stored: JournalEvent } & (
  | { readonly event: ProjectedEvent }
  | { readonly error: unknown }
);

/** Reads an event: in its current shape, or with what is wrong with it. */
export function toJournalEntry(stored: JournalEvent): JournalEntry {
  try {
    return { stored, event: { ...toRecordedEvent(stored), position: stored.position } };
  } catch (error) {
    return { stored, error };
  }
}
