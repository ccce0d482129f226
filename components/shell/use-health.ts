'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { healthSchema } from '#lib/contracts/queries.ts';

/** What is up and what is down, every few seconds; a 503 is an answer that says so. */
export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => fetchApi(healthSchema, '/api/health', { signal, answers: [503] }),
    refetchInterval: 4_000,
    retry: false,
  });
}
