'use client';

import type { AccountView } from '../account-queries.ts';
import { useStanding } from '../use-standing.ts';

/**
 * How many events the account has, by the event store, whether or not they can be folded; what `shown`
 * holds until that answers.
 */
export function useVersion(accountId: string, shown: AccountView) {
  const { data, ...query } = useStanding(accountId);
  return { ...query, data: Math.max(data?.newestSequence ?? 0, shown.account.version) };
}
