'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { searchSchema } from '#lib/contracts/queries.ts';

/** Accounts and events that a text may mean; asked from two characters on. */
export function useSearch(text: string) {
  const q = text.trim();
  return useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => fetchApi(searchSchema, '/api/search', { params: { q }, signal }),
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
