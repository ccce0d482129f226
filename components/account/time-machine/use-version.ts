'use client';

import { useQuery } from '@tanstack/react-query';
import { type AccountView, fetchAccount } from '../account-queries.ts';
import { headerKey } from '../use-account.ts';

/** How many events the account has, from the event store; what `shown` holds until that answers. */
export function useVersion(accountId: string, shown: AccountView) {
  return useQuery({
    queryKey: headerKey(accountId, 'strong'),
    queryFn: ({ signal }) => fetchAccount(accountId, 'strong', signal),
    placeholderData: shown,
    select: ({ account }) => account.version,
  });
}
