'use client';

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSystem } from '#components/console/system/use-system.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { readAgain } from '#components/ui/read-again.ts';
import {
  type DeadLetterState,
  deadLetterDetailSchema,
  deadLetterPageSchema,
  deadLettersSchema,
} from '#lib/contracts/dead-letters.ts';
import type { LetterFilter } from './dead-letter-words.ts';
import type { LetterKey } from './use-letter-view.ts';

const KEY = 'dead-letters';
const PAGE_SIZE = 100;

function toParams({ eventType, ...filter }: LetterFilter, state: DeadLetterState) {
  const type = eventType === null ? { untyped: true } : { eventType };
  return { ...filter, ...type, state };
}

/** Dead letters by cause. */
export function useDeadLetters(filter: LetterFilter, state: DeadLetterState) {
  const params = toParams(filter, state);
  return useQuery({
    queryKey: [KEY, 'causes', params],
    queryFn: ({ signal }) => fetchApi(deadLettersSchema, '/api/dead-letters', { params, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The letters of a cause, page by page. */
export function useCauseLetters(filter: LetterFilter, state: DeadLetterState) {
  const params = { ...toParams(filter, state), limit: PAGE_SIZE };
  return useInfiniteQuery({
    queryKey: [KEY, 'aggregates', params],
    queryFn: ({ pageParam, signal }) =>
      fetchApi(deadLetterPageSchema, '/api/dead-letters/aggregates', {
        params: { ...params, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** One letter in full; null asks nothing. */
export function useDeadLetter(letter: LetterKey | null) {
  return useQuery({
    queryKey: [KEY, 'letter', letter],
    queryFn: ({ signal }) =>
      fetchApi(deadLetterDetailSchema, '/api/dead-letters/letter', {
        params: { ...letter },
        signal,
      }),
    enabled: letter !== null,
  });
}

/** Reads the page anew when dead letters have come or gone, as the state of the system tells. */
export function useDeadLetterRefresh(): void {
  const queryClient = useQueryClient();
  const { data: now } = useSystem(({ causes, views }) =>
    JSON.stringify([
      causes.map(({ id, count, events }) => [id, count, events[0]?.waitsIn, events[0]?.skippedIn]),
      views.map(({ state, reason }) => (state === 'blocked' ? reason : null)),
    ]),
  );
  const before = useRef(now);
  useEffect(() => {
    if (before.current !== undefined && before.current !== now) {
      void readAgain(queryClient, { queryKey: [KEY] });
    }
    before.current = now;
  }, [now, queryClient]);
}
