'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { integrityHistorySchema } from '#lib/contracts/integrity.ts';

const REFRESH_MS = 10_000;

/** The comparisons so far, and what the newest whole one says of what is conserved. */
export function useIntegrityHistory() {
  return useQuery({
    queryKey: ['integrity-history'],
    queryFn: ({ signal }) => fetchApi(integrityHistorySchema, '/api/integrity', { signal }),
    refetchInterval: REFRESH_MS,
  });
}
