import { PlayheadError } from '#lib/playhead-error.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';

/** How many events an account has, consistently read. Throws ACCOUNT_NOT_FOUND for none. */
export async function requireVersion(
  store: Pick<EventStore, 'getNewestSequence'>,
  accountId: string,
): Promise<number> {
  const newest = await store.getNewestSequence(toAggregateId(accountId));
  if (newest === 0) {
    throw new PlayheadError('ACCOUNT_NOT_FOUND', `There is no account ${accountId}.`);
  }
  return newest;
}

/** Throws SEQUENCE_NOT_FOUND unless 0 ≤ `sequence` ≤ `version`. */
export function checkSequence(accountId: string, sequence: number, version: number): void {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > version) {
    const sentence = `Account ${accountId} has the sequences 0 to ${version}; there is no ${sequence}.`;
    throw new PlayheadError('SEQUENCE_NOT_FOUND', sentence);
  }
}
