import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { LoadedState } from '#server/runtime/event-store/fold-events.ts';
import { checkSequence, requireVersion } from './require-version.ts';

/**
 * What an aggregate was after `sequence`, folded from the event store; 0 is before its first event.
 * Throws AGGREGATE_NOT_FOUND, SEQUENCE_NOT_FOUND and EVENT_UNREADABLE.
 */
export async function getStateAt(
  store: EventStore,
  aggregateId: string,
  sequence: number,
): Promise<LoadedState> {
  const version = await requireVersion(store, aggregateId);
  checkSequence(aggregateId, sequence, version);
  return store.loadAt(aggregateId, sequence);
}
