'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { searchSchema } from '#lib/contracts/queries.ts';

/** From how many characters on the server is asked. */
export const SHORTEST_SEARCH = 2;

/** Aggregates and events that a text may mean. */
export function useSearch(text: string) {
  const q = text.trim();
  return useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => fetchApi(searchSchema, '/api/search', { params: { q }, signal }),
    enabled: q.length >= SHORTEST_SEARCH,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
