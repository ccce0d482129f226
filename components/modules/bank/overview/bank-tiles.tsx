'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Tile } from '#components/console/overview/tile.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { QueryError } from '#components/ui/query-error.tsx';
import { countOf, formatCount } from '#lib/count-format.ts';
import { bankTotalsSchema } from '#lib/modules/bank/queries.ts';
import { MoneyTile } from './money-tile.tsx';

/** How many accounts there are, and what they hold. */
export function BankTiles() {
  const totals = useQuery({
    queryKey: ['bank-totals'],
    queryFn: ({ signal }) => fetchApi(bankTotalsSchema, '/api/accounts/totals', { signal }),
    meta: { follows: ['accounts'] },
  });
  if (totals.data === undefined) {
    return totals.error ? (
      <QueryError
        compact
        error={totals.error}
        what="Accounts"
        retry={() => void totals.refetch()}
        retrying={totals.isFetching}
      />
    ) : (
      <>
        <Skeleton height={118} radius="lg" />
        <Skeleton height={118} radius="lg" data-wide />
      </>
    );
  }
  const { accounts, totals: perCurrency } = totals.data;
  return (
    <>
      <Tile
        label="Accounts"
        value={formatCount(accounts)}
        detail={`In ${countOf(perCurrency.length, 'currency', 'currencies')}`}
        href="/accounts"
        linkText="See all accounts"
      />
      <MoneyTile totals={perCurrency} />
    </>
  );
}
