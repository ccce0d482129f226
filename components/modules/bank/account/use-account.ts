'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { accountKey, type Consistency, fetchAccount } from './account-queries.ts';

/** The cache key of the header's account. */
export function headerKey(accountId: string, consistency: Consistency) {
  return accountKey(accountId, consistency === 'strong' ? 'event-store' : 'accounts', 'account');
}

/** The account for the header, from where the reader chose. */
export function useAccount(accountId: string, consistency: Consistency) {
  return useQuery({
    queryKey: headerKey(accountId, consistency),
    queryFn: ({ signal }) => fetchAccount(accountId, consistency, signal),
    placeholderData: keepPreviousData,
  });
}
