import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { EventItem } from '#lib/contracts/queries.ts';

/** What the feed is narrowed to; empty texts and lists narrow nothing. */
export type EventFilters = {
  readonly q: string;
  readonly type: string[];
  readonly actor: string[];
  /** Types of aggregates. */
  readonly of: string[];
  /** An aggregate by its type and id: `account#A-1`. */
  readonly aggregate: string;
  readonly correlation: string;
  /** When it came into the journal: from a whole minute to before another, ISO 8601; empty for no bound. */
  readonly from: string;
  readonly to: string;
};

export const NO_FILTERS: EventFilters = {
  q: '',
  type: [],
  actor: [],
  of: [],
  aggregate: '',
  correlation: '',
  from: '',
  to: '',
};

export function isFiltered(filters: EventFilters): boolean {
  const { type, actor, of, ...texts } = filters;
  return [type, actor, of].some((list) => list.length > 0) || Object.values(texts).some(Boolean);
}

/**
 * Whether a new event belongs to the filtered feed, for counting what waits. 'unknown' with a text
 * search: only the server searches payloads. It arrives now, by `now` in milliseconds since 1970.
 */
export function matchesFilters(
  item: EventItem,
  filters: EventFilters,
  now: number,
): boolean | 'unknown' {
  const { q, type, actor, of, aggregate, correlation, from, to } = filters;
  const matches =
    (type.length === 0 || type.includes(item.eventType)) &&
    (actor.length === 0 || actor.includes(item.metadata.actor)) &&
    (of.length === 0 || of.includes(parseAggregateId(item.aggregateId).type)) &&
    (aggregate === '' || item.aggregateId === aggregate) &&
    (correlation === '' || item.correlationId === correlation) &&
    (from === '' || now >= Date.parse(from)) &&
    (to === '' || now < Date.parse(to));
  return matches && q !== '' ? 'unknown' : matches;
}
