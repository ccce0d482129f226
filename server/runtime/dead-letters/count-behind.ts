import pLimit from 'p-limit';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { isMalformedItemId } from '#server/runtime/event-store/malformed-item-id.ts';
import type { LetterPlace } from './projected-letters-page.ts';

/** Aggregates whose newest event is looked up at a time. */
const AT_ONCE = 8;

/**
 * How many events each aggregate has behind the one at which it waits, by the event store: in the order of
 * the places, null where that does not answer.
 */
export function countBehind(
  store: Pick<EventStore, 'getNewestSequence'>,
  places: readonly LetterPlace[],
): Promise<(number | null)[]> {
  const limit = pLimit(AT_ONCE);
  return Promise.all(
    places.map(({ aggregateId, eventSequence }) =>
      limit(async () => {
        if (isMalformedItemId(aggregateId)) {
          return 0;
        }
        const newest = await store.getNewestSequence(aggregateId).catch(() => null);
        return newest === null ? null : Math.max(0, newest - eventSequence);
      }),
    ),
  );
}
