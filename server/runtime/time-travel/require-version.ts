import { PlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';

/** How many events an aggregate has, consistently read. Throws AGGREGATE_NOT_FOUND for none. */
export async function requireVersion(
  store: Pick<EventStore, 'getNewestSequence'>,
  aggregateId: string,
): Promise<number> {
  const newest = await store.getNewestSequence(aggregateId);
  if (newest === 0) {
    throw new PlayheadError('AGGREGATE_NOT_FOUND', `There is no ${aggregateId}.`);
  }
  return newest;
}

/** Throws SEQUENCE_NOT_FOUND unless 0 ≤ `sequence` ≤ `version`. */
export function checkSequence(aggregateId: string, sequence: number, version: number): void {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > version) {
    const sentence = `${aggregateId} has the sequences 0 to ${version}; there is no ${sequence}.`;
    throw new PlayheadError('SEQUENCE_NOT_FOUND', sentence);
  }
}
