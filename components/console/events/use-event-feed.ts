'use client';

import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchApi } from '#components/ui/api-client.ts';
import { useLiveMessages } from '#components/ui/use-live.ts';
import { type EventsPage, eventsPageSchema } from '#lib/contracts/queries.ts';
import type { EventFilters } from './event-filters.ts';
import { addWaiting, type EventsMessage, NOTHING_READ, type Waiting } from './waiting-events.ts';

/** Following, new rows are shown at most this often. */
const FOLLOW_MS = 1_000;

/** Live messages that are remembered: more than arrive while one page is read. */
const REMEMBERED = 150;

type FeedData = InfiniteData<EventsPage, string | null>;

/**
 * The feed of events, newest first. What has arrived since it was read is counted and shown when
 * `showNew` is called; while `following`, by itself, in batches. `freshAfter` is the position after
 * which rows came with the last batch: to mark them.
 */
export function useEventFeed(filters: EventFilters, limit: number, following: boolean) {
  const queryClient = useQueryClient();
  const key = ['events', 'feed', filters, limit];
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(filters, limit, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const shownHead = query.data?.pages[0]?.head;
  const [waiting, setWaiting] = useState<Waiting>(NOTHING_READ);
  const recent = useRef<EventsMessage[]>([]);
  const [freshAfter, setFreshAfter] = useState(Number.POSITIVE_INFINITY);
  const [showing, setShowing] = useState(false);

  // What arrived while the page was being read may not be in it, and is looked at once more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other filters come with another reading
  useEffect(() => {
    const read = shownHead === undefined ? NOTHING_READ : { count: 0, head: shownHead };
    setWaiting(recent.current.reduce((sum, message) => addWaiting(sum, message, filters), read));
  }, [shownHead]);

  useLiveMessages((message) => {
    if (message.type === 'events') {
      recent.current = [...recent.current, message].slice(-REMEMBERED);
      setWaiting((before) => addWaiting(before, message, filters));
    }
  });

  const showNew = useLatest(async () => {
    setShowing(true);
    try {
      const page = await fetchPage(filters, limit, null);
      setFreshAfter(shownHead ?? Number.POSITIVE_INFINITY);
      queryClient.setQueryData<FeedData>(key, { pages: [page], pageParams: [null] });
    } catch {
      // The rows shown stay, the pill too: it can be pressed again, and following tries again.
    } finally {
      setShowing(false);
    }
  });

  const due = following && waiting.count !== 0 && !showing;
  useEffect(() => {
    if (due) {
      const timer = setTimeout(showNew, FOLLOW_MS);
      return () => clearTimeout(timer);
    }
  }, [due, showNew]);

  return { query, waiting: waiting.count, showNew, showing, freshAfter };
}

function fetchPage(
  filters: EventFilters,
  limit: number,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<EventsPage> {
  const { q, type, actor, of, aggregate, correlation, from, to } = filters;
  const params = {
    q,
    type,
    actor,
    of,
    aggregateId: aggregate,
    correlationId: correlation,
    from,
    to,
    cursor,
    limit,
  };
  return fetchApi(eventsPageSchema, '/api/events', { params, signal });
}

/** The newest of a function that every render makes anew, under one identity. */
function useLatest(run: () => Promise<void>): () => void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  return useCallback(() => void latest.current(), []);
}
