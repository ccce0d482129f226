'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import {
  consumerLagSchema,
  type ProjectionLag,
  projectionLagSchema,
} from '#lib/contracts/queries.ts';
import { type LagSample, withSample } from './lag-history.ts';

/** Lag behind the journal now, and what it was in the last minutes. */
export type LagView = ProjectionLag & { readonly history: readonly LagSample[] };

const PROJECTIONS_KEY = ['lag', 'projections'];

/**
 * The lag of the PostgreSQL projections, once a second. Every answer is added to the history, which
 * lives in the query's cache: it goes on from page to page and ends with the tab.
 */
export function useProjectionLag() {
  return useQuery({
    queryKey: PROJECTIONS_KEY,
    queryFn: async ({ client, signal }): Promise<LagView> => {
      const before = client.getQueryData<LagView>(PROJECTIONS_KEY);
      const lag = await fetchApi(projectionLagSchema, '/api/lag/projections', { signal });
      return { ...lag, history: withSample(before?.history ?? [], lag, Date.now()) };
    },
    refetchInterval: 1_000,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
    structuralSharing: false,
  });
}

/** How far the stream's consumers are, every two seconds. */
export function useConsumerLag() {
  return useQuery({
    queryKey: ['lag', 'consumers'],
    queryFn: ({ signal }) => fetchApi(consumerLagSchema, '/api/lag/consumers', { signal }),
    refetchInterval: 2_000,
    retry: false,
  });
}
