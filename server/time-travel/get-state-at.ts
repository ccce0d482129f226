import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { LoadedState } from '#server/event-store/fold-events.ts';
import { checkSequence, requireVersion } from './require-version.ts';

/**
 * What an account was after `sequence`, folded from the event store; 0 is before its opening.
 * Throws ACCOUNT_NOT_FOUND, SEQUENCE_NOT_FOUND and EVENT_UNREADABLE.
 */
export async function getStateAt(
  store: EventStore,
  accountId: string,
  sequence: number,
): Promise<LoadedState> {
  const version = await requireVersion(store, accountId);
  checkSequence(accountId, sequence, version);
  return store.loadAt(toAggregateId(accountId), sequence);
}
