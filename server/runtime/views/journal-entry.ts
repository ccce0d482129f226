import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import type { ProjectedEvent } from './postgres-view.ts';

/** An event of the journal as every projection can take it, or why none can. */
export type JournalEntry = { readonly stored: JournalEvent } & (
  | { readonly event: ProjectedEvent }
  | { readonly error: unknown }
);

/** Reads an event: in its current shape, or with what is wrong with it. */
export function toJournalEntry(
  { decode }: Pick<EventCodec, 'decode'>,
  stored: JournalEvent,
): JournalEntry {
  try {
    // Not by a copy: this is done for every event of a rebuild.
    return { stored, event: Object.assign(decode(stored), { position: stored.position }) };
  } catch (error) {
    return { stored, error };
  }
}
