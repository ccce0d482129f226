import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { Ingest } from './ingest.ts';

/** How many events were read from the event store, and how many of them the journal lacked. */
export type JournalProgress = { readonly read: number; readonly inserted: number };

/**
 * Puts every event of the event store into the journal that is not in it: each aggregate's events in
 * their order, the aggregates as the scan comes upon them. The stream may go on being delivered
 * meanwhile, by this process or another; whatever comes twice is dropped. Cut off, it can be called
 * again. Memory is bounded by some pages. Throws what the databases throw.
 */
export async function rebuildJournal({
  store,
  ingest,
  onProgress = async () => {},
  signal,
}: {
  readonly store: Pick<EventStore, 'scanDelivered'>;
  readonly ingest: Ingest;
  /** Called after each page. */
  readonly onProgress?: (progress: JournalProgress) => Promise<void>;
  /** Once aborted, it throws the signal's reason after the page in hand. */
  readonly signal?: AbortSignal;
}): Promise<JournalProgress> {
  let progress: JournalProgress = { read: 0, inserted: 0 };
  for await (const events of store.scanDelivered()) {
    const { inserted } = await ingest(events);
    progress = { read: progress.read + events.length, inserted: progress.inserted + inserted };
    await onProgress(progress);
    signal?.throwIfAborted();
  }
  return progress;
}
