'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { timelinePageSchema } from '#lib/contracts/queries.ts';
import { accountKey, accountPath } from '../account-queries.ts';

const PAGE_SIZE = 100;

/** The account's events from the event store, newest first, as they were at event `baseline`. */
export function useTimeline(accountId: string, baseline: number) {
  return useInfiniteQuery({
    queryKey: accountKey(accountId, 'timeline', baseline),
    queryFn: ({ pageParam, signal }) =>
      fetchApi(timelinePageSchema, accountPath(accountId, 'timeline'), {
        params: { cursor: pageParam, limit: PAGE_SIZE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
