'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { type ArrivalRange, statsSchema, visibilitySchema } from '#lib/contracts/queries.ts';

const REFRESH_MS = 2_000;

/** The journal in figures, every two seconds; arrivals for so long back. */
export function useStats(range: ArrivalRange = '2m') {
  return useQuery({
    queryKey: ['stats', range],
    queryFn: ({ signal }) => {
      const params = range === '2m' ? {} : { range };
      return fetchApi(statsSchema, '/api/stats', { params, signal });
    },
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
}

/** How long the newest commands took to be seen. */
export function useVisibility() {
  return useQuery({
    queryKey: ['visibility'],
    queryFn: ({ signal }) => fetchApi(visibilitySchema, '/api/commands/visibility', { signal }),
    refetchInterval: REFRESH_MS,
  });
}
