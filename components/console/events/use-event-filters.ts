'use client';

import { parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';

const FILTERS = {
  q: parseAsString.withDefault(''),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  actor: parseAsArrayOf(parseAsString).withDefault([]),
  of: parseAsArrayOf(parseAsString).withDefault([]),
  aggregate: parseAsString.withDefault(''),
  correlation: parseAsString.withDefault(''),
  from: parseAsString.withDefault(''),
  to: parseAsString.withDefault(''),
};

/** What the feed is narrowed to, in the URL; Back undoes it. */
export function useEventFilters() {
  return useQueryStates(FILTERS, { history: 'push' });
}

/** Whether the feed follows new events, and which event's details are open, in the URL. */
export function useEventView() {
  return useQueryStates(
    {
      live: parseAsBoolean.withDefault(true),
      event: parseAsString,
    },
    { history: 'replace' },
  );
}
