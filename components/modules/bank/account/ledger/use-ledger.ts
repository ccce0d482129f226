'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ApiError, fetchApi } from '#components/ui/api-client.ts';
import { toBusyInterval } from '#components/ui/busy-interval.ts';
import { type LedgerPage, ledgerPageSchema, type Transaction } from '#lib/modules/bank/queries.ts';
import { accountKey, accountPath } from '../account-queries.ts';

export type LedgerFilter = {
  readonly q: string;
  readonly type: Transaction['type'][];
  /** Days, inclusive, and amounts as people write them; empty where the range is open. */
  readonly from: string;
  readonly to: string;
  readonly least: string;
  readonly most: string;
  /** The sequence of the newest movement that is asked for; null for the account's newest. */
  readonly movement: number | null;
};

const PAGE_SIZE = 100;

/** So long a page waits for a read model that is on its way, and for trying again, in milliseconds. */
const TIMEOUT_MS = 1_000;
const RETRY_MS = 2_000;

/** `late`: read before the read model had come to what was asked for. */
type Page = LedgerPage & { readonly late: boolean };

/**
 * The account's movements, newest first, read when the read model holds event `baseline`. One that
 * does not come to it in time is shown as it is (its freshness says so) and read again until it has.
 */
export function useLedger(accountId: string, filter: LedgerFilter, baseline: number) {
  return useInfiniteQuery({
    queryKey: accountKey(accountId, 'ledger', filter, baseline),
    queryFn: ({ pageParam, signal }) => fetchPage(accountId, filter, baseline, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.late ? RETRY_MS : toBusyInterval(query),
  });
}

async function fetchPage(
  accountId: string,
  { movement, ...filter }: LedgerFilter,
  baseline: number,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Page> {
  const path = accountPath(accountId, 'ledger');
  const params = { ...filter, upTo: movement, cursor, limit: PAGE_SIZE };
  try {
    const wait = cursor === null ? { sequence: baseline, timeout: TIMEOUT_MS } : {};
    const page = await fetchApi(ledgerPageSchema, path, { params: { ...params, ...wait }, signal });
    return { ...page, late: false };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'WAIT_TIMED_OUT') {
      return { ...(await fetchApi(ledgerPageSchema, path, { params, signal })), late: true };
    }
    throw error;
  }
}
