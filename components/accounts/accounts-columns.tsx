'use client';

import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { TroubleMark } from '#components/system/trouble-mark.tsx';
import { Money } from '#components/ui/money.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { AccountRow } from '#lib/contracts/queries.ts';
import { OwnerCell } from './owner-cell.tsx';

/** Sorting and pages are the server's, so the table needs no feature for them. */
export const features = tableFeatures({});

const column = createColumnHelper<typeof features, AccountRow>();

/** The columns; an id is the name that the API sorts by, and `status` cannot be sorted by. */
export const columns = column.columns([
  column.accessor('owner', {
    id: 'owner',
    header: 'Owner',
    cell: ({ row }) => <OwnerCell account={row.original} />,
  }),
  column.accessor('number', { id: 'number', header: 'Number' }),
  column.accessor('status', {
    id: 'status',
    header: 'Status',
    cell: ({ row }) => (
      <>
        <StatusBadge tone={row.original.status === 'open' ? 'good' : 'neutral'}>
          {row.original.status === 'open' ? 'Open' : 'Closed'}
        </StatusBadge>{' '}
        <TroubleMark accountId={row.original.accountId} />
      </>
    ),
  }),
  column.accessor('lastActivityAt', {
    id: 'lastActivity',
    header: 'Last activity',
    cell: ({ row }) => <Time iso={row.original.lastActivityAt} />,
  }),
  column.accessor('openedAt', {
    id: 'openedAt',
    header: 'Opened',
    cell: ({ row }) => <Time iso={row.original.openedAt} precision="day" />,
  }),
  column.accessor('balance', {
    id: 'balance',
    header: 'Balance',
    cell: ({ row }) => <Money amount={row.original.balance} currency={row.original.currency} />,
  }),
]);
