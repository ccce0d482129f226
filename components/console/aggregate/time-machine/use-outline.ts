'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { outlineSchema } from '#lib/contracts/aggregates.ts';
import { aggregateKey, aggregatePath } from '../aggregate-queries.ts';

/** So many marks stand on the track at most. */
const BUCKETS = 200;

/** While the journal holds fewer events than the page knows of, it is asked again so often, in milliseconds. */
const CATCH_UP_MS = 5_000;

/** What the aggregate's history looks like, by the journal: the times and the types of its events. */
export function useOutline(aggregateId: string, version: number) {
  return useQuery({
    queryKey: aggregateKey(aggregateId, 'outline'),
    queryFn: ({ signal }) =>
      fetchApi(outlineSchema, aggregatePath(aggregateId, 'outline'), {
        params: { buckets: BUCKETS },
        signal,
      }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && data.version < version ? CATCH_UP_MS : false,
  });
}
