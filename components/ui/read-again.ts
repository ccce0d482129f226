import type { InvalidateQueryFilters, QueryClient } from '@tanstack/react-query';

/**
 * Has what is shown read again since it may have changed, and ends when it is. A query that is being read for the first time is read
 * once more after that: TanStack Query would join the read that is under way, which may have been answered before the change.
 */
export async function readAgain(client: QueryClient, filters: InvalidateQueryFilters) {
  const first = client
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  await client.invalidateQueries(filters);
  if (first.length > 0) {
    await client.invalidateQueries({ predicate: (query) => first.includes(query) });
  }
}
