import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ListSpec } from '#components/console/list/list-spec.ts';
import { TroubleMark } from '#components/console/system/trouble-mark.tsx';
import { Money } from '#components/ui/money.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { type ProposedTransfer, proposedTransfersPageSchema } from '#lib/modules/bank/queries.ts';
import { toTransferAggregateId } from '#lib/modules/bank/transfer-id.ts';
import { toDecimal } from '#lib/money.ts';

const STATUSES: Readonly<
  Record<ProposedTransfer['status'], { readonly text: string; readonly tone: Tone }>
> = {
  proposed: { text: 'Waits for approval', tone: 'warn' },
  approved: { text: 'Approved', tone: 'good' },
  declined: { text: 'Declined', tone: 'neutral' },
};

/**
 * The list of proposed transfers, those that wait first; `toDecision` says in each row what became of it, or
 * lets one decide. A column's id is the name that the API sorts by.
 */
export function toTransfersList(
  toDecision: (transfer: ProposedTransfer) => ReactNode,
): ListSpec<ProposedTransfer> {
  return {
    title: 'Transfers to approve',
    subtitle: 'Large transfers, as the “proposed-transfers” projection has them',
    noun: 'transfer',
    projection: 'proposed-transfers',
    path: '/api/lists/proposed-transfers',
    schema: proposedTransfersPageSchema,
    // “proposed” is the last of the three by the alphabet.
    firstOrder: { sort: 'status', dir: 'desc' },
    facets: [
      {
        name: 'status',
        label: 'Status',
        toText: (value) =>
          Object.entries(STATUSES).find(([status]) => status === value)?.[1].text ?? value,
      },
      { name: 'currency', label: 'Currency' },
    ],
    searchPlaceholder: 'Search accounts, people and descriptions',
    toKey: ({ transferId }) => transferId,
    toHref: ({ transferId }) => `/aggregates/transfer/${encodeURIComponent(transferId)}`,
    columns: [
      {
        id: 'amount',
        header: 'Amount',
        cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
        toText: ({ amount, currency }) => `${toDecimal(BigInt(amount), currency)} ${currency}`,
      },
      {
        id: 'from',
        header: 'From, to',
        cell: ({ fromAccountId, toAccountId }) => (
          <>
            <AccountLink accountId={fromAccountId} />
            <br />
            <AccountLink accountId={toAccountId} />
          </>
        ),
        toText: ({ fromAccountId, toAccountId }) => `${fromAccountId}, ${toAccountId}`,
      },
      {
        id: 'description',
        header: 'Description',
        small: 'hidden',
        toText: ({ description }) => description ?? '',
      },
      {
        id: 'proposedBy',
        header: 'Proposed by',
        toText: ({ proposedBy }) => proposedBy,
      },
      {
        id: 'proposedAt',
        header: 'Proposed',
        cell: ({ proposedAt }) => <Time iso={proposedAt} />,
        firstSort: 'desc',
        toText: ({ proposedAt }) => proposedAt,
      },
      {
        id: 'status',
        header: 'Status',
        cell: ({ transferId, status }) => (
          <>
            <StatusBadge tone={STATUSES[status].tone}>{STATUSES[status].text}</StatusBadge>{' '}
            <TroubleMark aggregateId={toTransferAggregateId(transferId)} />
          </>
        ),
        firstSort: 'desc',
        small: 'figure',
        toText: ({ status }) => status,
      },
      {
        id: 'decision',
        header: 'Decision',
        cell: toDecision,
        toText: ({ decidedBy, reason }) => [decidedBy, reason].filter(Boolean).join(': '),
      },
    ],
  };
}

function AccountLink({ accountId }: { accountId: string }) {
  return (
    <Anchor component={Link} href={`/accounts/${encodeURIComponent(accountId)}`} inherit>
      <code>{accountId}</code>
    </Anchor>
  );
}
