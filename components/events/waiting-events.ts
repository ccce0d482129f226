import type { LiveMessage } from '#lib/contracts/live.ts';
import { type EventFilters, matchesFilters } from './event-filters.ts';

/**
 * Events that have arrived since the feed was read and are not shown yet. `count` is null when some
 * may be among them that nobody could count: a text search, or a burst that was not sent in full.
 */
export type Waiting = { readonly count: number | null; readonly head: number };

/** Adds what a live message brought to what waits, of events after the feed's own head. */
export function addWaiting(
  waiting: Waiting,
  message: Extract<LiveMessage, { type: 'events' }>,
  filters: EventFilters,
  isFiltered: boolean,
): Waiting {
  if (message.head <= waiting.head) {
    return waiting;
  }
  const head = message.head;
  if (!isFiltered) {
    // Positions have no gaps, so the distance is the count, however much of a burst was sent.
    return { count: (waiting.count ?? 0) + head - waiting.head, head };
  }
  const matches = message.items
    .filter(({ position }) => position !== null && position > waiting.head)
    .map((item) => matchesFilters(item, filters));
  if (message.skipped > 0 || matches.includes('unknown') || waiting.count === null) {
    return { count: null, head };
  }
  return { count: waiting.count + matches.filter(Boolean).length, head };
}
