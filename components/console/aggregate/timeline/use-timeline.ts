'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { timelinePageSchema } from '#lib/contracts/queries.ts';
import { aggregateKey, aggregatePath } from '../aggregate-queries.ts';

const PAGE_SIZE = 100;

/** The aggregate's events from the event store, newest first, as they were at event `baseline`. */
export function useTimeline(aggregateId: string, baseline: number) {
  return useInfiniteQuery({
    queryKey: aggregateKey(aggregateId, 'timeline', baseline),
    queryFn: ({ pageParam, signal }) =>
      fetchApi(timelinePageSchema, aggregatePath(aggregateId, 'timeline'), {
        params: { cursor: pageParam, limit: PAGE_SIZE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
