'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { aggregateStandingSchema } from '#lib/contracts/system.ts';
import { aggregateKey, aggregatePath } from './aggregate-queries.ts';

/** Dead letters come without an event that says so, so it is asked for again. In milliseconds. */
const INTERVAL_MS = 3_000;

/** How the aggregate's events stand in the event store, and what is the matter with them. */
export function useStanding(aggregateId: string) {
  return useQuery({
    queryKey: aggregateKey(aggregateId, 'event-store', 'standing'),
    queryFn: ({ signal }) =>
      fetchApi(aggregateStandingSchema, aggregatePath(aggregateId, 'standing'), { signal }),
    refetchInterval: INTERVAL_MS,
    retry: false,
  });
}
