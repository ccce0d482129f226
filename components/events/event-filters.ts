import type { EventItem } from '#lib/contracts/queries.ts';

/** What the feed is narrowed to; empty texts and lists narrow nothing. */
export type EventFilters = {
  readonly q: string;
  readonly type: string[];
  readonly actor: string[];
  readonly account: string;
  readonly correlation: string;
};

export const NO_FILTERS: EventFilters = {
  q: '',
  type: [],
  actor: [],
  account: '',
  correlation: '',
};

export function isFiltered(filters: EventFilters): boolean {
  const { q, type, actor, account, correlation } = filters;
  return Boolean(q || type.length || actor.length || account || correlation);
}

/**
 * Whether a new event belongs to the filtered feed, for counting what waits. 'unknown' with a text
 * search: only the server searches payloads.
 */
export function matchesFilters(item: EventItem, filters: EventFilters): boolean | 'unknown' {
  const { q, type, actor, account, correlation } = filters;
  const matches =
    (type.length === 0 || type.includes(item.eventType)) &&
    (actor.length === 0 || actor.includes(item.metadata.actor)) &&
    (account === '' || item.accountId === account.replace(/\s+/g, '').toUpperCase()) &&
    (correlation === '' || item.correlationId === correlation);
  return matches && q !== '' ? 'unknown' : matches;
}
