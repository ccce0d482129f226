'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { accountsPageSchema } from '#lib/contracts/queries.ts';
import { type AccountsState, isSteadyOrder } from './account-filters.ts';

/**
 * A page of accounts. In an order that holds still it refreshes with the projection; in one where
 * rows would move under the reader, it waits to be asked.
 */
export function useAccounts(state: AccountsState) {
  return useQuery({
    queryKey: ['accounts', state],
    queryFn: ({ signal }) =>
      fetchApi(accountsPageSchema, '/api/accounts', { params: state, signal }),
    placeholderData: keepPreviousData,
    meta: { follows: isSteadyOrder(state.sort) ? ['accounts'] : [] },
  });
}
