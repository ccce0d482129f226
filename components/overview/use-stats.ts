'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { statsSchema } from '#lib/contracts/queries.ts';

/** The journal in figures, every two seconds. */
export function useStats() {
  return useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => fetchApi(statsSchema, '/api/stats', { signal }),
    refetchInterval: 2_000,
  });
}
