'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { accountStandingSchema } from '#lib/contracts/system.ts';
import { accountKey, accountPath } from './account-queries.ts';

/** Dead letters come without an event that says so, so it is asked for again. In milliseconds. */
const INTERVAL_MS = 3_000;

/** How the account's events stand in the event store, and what is the matter with them. */
export function useStanding(accountId: string) {
  return useQuery({
    queryKey: accountKey(accountId, 'event-store', 'standing'),
    queryFn: ({ signal }) =>
      fetchApi(accountStandingSchema, accountPath(accountId, 'standing'), { signal }),
    refetchInterval: INTERVAL_MS,
    retry: false,
  });
}
