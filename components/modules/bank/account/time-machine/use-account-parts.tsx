'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TimeMachineParts } from '#components/console/aggregate/time-machine/time-machine-parts.ts';
import { fetchApi } from '#components/ui/api-client.ts';
import { Money } from '#components/ui/money.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { curveSchema } from '#lib/modules/bank/queries.ts';
import { formatMoney } from '#lib/money.ts';
import { accountKey, accountPath } from '../account-queries.ts';
import { BalanceCurve } from './balance-curve.tsx';
import { pointAt } from './curve.ts';
import { readBalance } from './read-balance.ts';
import { toStateParts } from './to-state-parts.tsx';

const CURVE_POINTS = 800;

/** The events that have a row in the ledger. */
const MOVEMENTS = new Set(['MoneyDeposited', 'MoneyWithdrawn', 'TransferSent', 'TransferReceived']);

/** What the time machine of an account shows beside the fields: its balance, and the curve of that. */
export function useAccountParts(accountId: string, currency: string): TimeMachineParts {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: accountKey(accountId, 'transactions', 'curve'),
    queryFn: ({ signal }) =>
      fetchApi(curveSchema, accountPath(accountId, 'curve'), {
        params: { points: CURVE_POINTS },
        signal,
      }),
  });
  return useMemo(() => {
    const points = data?.points ?? [];
    const failure = data === undefined ? error : null;
    return {
      beginning: 'the opening',
      ...toStateParts(currency),
      toCurve: (props) =>
        failure ? (
          <QueryError
            compact
            error={failure}
            what="Balance curve"
            retry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <BalanceCurve {...props} points={points} currency={currency} />
        ),
      headline: (standing) => {
        const balance = readBalance(standing, points);
        return {
          label: 'Balance',
          value: (
            <span data-testid="balance-at-position">
              {balance === undefined ? '–' : <Money amount={balance} currency={currency} />}
            </span>
          ),
        };
      },
      toTime: ({ position, isBehindWall }) =>
        isBehindWall ? undefined : pointAt(points, position)?.at,
      toText: (standing) => {
        const balance = readBalance(standing, points);
        return balance && `balance ${formatMoney({ amount: BigInt(balance), currency })}`;
      },
      toLink: ({ eventType, eventSequence }) =>
        MOVEMENTS.has(eventType)
          ? {
              href: `/accounts/${encodeURIComponent(accountId)}?movement=${eventSequence}`,
              label: 'Its row in the ledger',
            }
          : undefined,
    };
  }, [data, error, isFetching, refetch, accountId, currency]);
}
