'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { eventDetailSchema } from '#lib/contracts/queries.ts';

/** One event with its raw item and its neighbours; null asks nothing. */
export function useEventDetail(eventId: string | null) {
  return useQuery({
    queryKey: ['events', 'detail', eventId],
    queryFn: ({ signal }) =>
      fetchApi(eventDetailSchema, `/api/events/${encodeURIComponent(eventId ?? '')}`, { signal }),
    enabled: eventId !== null,
    staleTime: 10_000,
  });
}
