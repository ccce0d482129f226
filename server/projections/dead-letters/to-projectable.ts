import { ACCOUNT_EVENT_TYPES } from '#server/domain/account/account-events.ts';
import { toRecordedEvent } from '#server/event-store/codec.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';
import type { JournalEvent } from '#server/journal/journal-event.ts';
import type { Failure } from '#server/platform/failure.ts';
import type { ProjectedEvent } from '../projection.ts';
import type { Exceptions } from './load-exceptions.ts';
import { toFollows } from './to-follows.ts';

/** A batch as a projection can take it. */
export type Projectable = {
  readonly events: readonly ProjectedEvent[];
  /** By aggregate, its first event that cannot be read; those behind it are left out of `events`. */
  readonly unreadable: readonly { readonly event: JournalEvent; readonly error: unknown }[];
};

/**
 * Reads a batch for a projection: without what waits behind dead letters, without what was skipped,
 * and up to what cannot be read. Keeps the order. Pure.
 */
export function toProjectable(
  batch: readonly JournalEvent[],
  { blocked, skipped }: Exceptions,
): Projectable {
  const unreadable = new Map<string, { event: JournalEvent; error: unknown }>();
  const events: ProjectedEvent[] = [];
  for (const event of batch) {
    const { aggregateId, eventSequence, position } = event;
    const skippedHere = skipped.get(aggregateId);
    const isLeftOut =
      eventSequence >= (blocked.get(aggregateId) ?? Number.POSITIVE_INFINITY) ||
      unreadable.has(aggregateId) ||
      skippedHere?.has(eventSequence);
    if (!isLeftOut) {
      try {
        const follows = toFollows(eventSequence, skippedHere);
        const recorded = { ...toRecordedEvent(event), position };
        events.push(follows === undefined ? recorded : { ...recorded, follows });
      } catch (error) {
        unreadable.set(aggregateId, { event, error });
      }
    }
  }
  return { events, unreadable: [...unreadable.values()] };
}

/** The failure to read an event, told apart by whether this program knows its type. */
export function refineFailure(failure: Failure, { eventType }: Pick<StoredEvent, 'eventType'>) {
  const isKnown = ACCOUNT_EVENT_TYPES.some((type) => type === eventType);
  return failure.category === 'unreadable' && !isKnown
    ? ({ ...failure, category: 'unknown-type' } as const)
    : failure;
}
