import type { LiveMessage } from '#lib/contracts/live.ts';
import { type EventFilters, isFiltered, matchesFilters } from './event-filters.ts';

/**
 * Events that have arrived since the feed was read at `head` and are not shown yet. `count` is null
 * when some may be among them that nobody could count: a text search, or events that were not sent.
 */
export type Waiting = { readonly count: number | null; readonly head: number };

export type EventsMessage = Extract<LiveMessage, { type: 'events' }>;

/** Nothing has been read yet: whatever arrives will be in what is read. */
export const NOTHING_READ: Waiting = { count: 0, head: Number.POSITIVE_INFINITY };

/**
 * Adds what a live message brought to what waits. Positions have no gaps, so without a filter the
 * distance is the count, however much of a burst was sent; with one, every event since must be
 * there to be looked at.
 */
export function addWaiting(
  waiting: Waiting,
  message: EventsMessage,
  filters: EventFilters,
  now = Date.now(),
): Waiting {
  const { head } = message;
  const arrived = head - waiting.head;
  if (arrived <= 0) {
    return waiting;
  }
  if (waiting.count === null) {
    return { count: null, head };
  }
  if (!isFiltered(filters)) {
    return { count: waiting.count + arrived, head };
  }
  const items = message.items.filter(({ position }) => (position ?? 0) > waiting.head);
  const matches = items.map((item) => matchesFilters(item, filters, now));
  if (items.length < arrived || matches.includes('unknown')) {
    return { count: null, head };
  }
  return { count: waiting.count + matches.filter(Boolean).length, head };
}
