import type { ListSpec } from '#components/console/list/list-spec.ts';
import { TroubleMark } from '#components/console/system/trouble-mark.tsx';
import { Money } from '#components/ui/money.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Day, Time } from '#components/ui/time.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { type AccountRow, accountsPageSchema } from '#lib/modules/bank/queries.ts';
import { toDecimal } from '#lib/money.ts';

const toStatus = (status: string) => (status === 'open' ? 'Open' : 'Closed');

/** The list of accounts; a column's id is the name that the API sorts by. */
export const ACCOUNTS_LIST: ListSpec<AccountRow> = {
  title: 'Accounts',
  subtitle: 'Every account, as the “accounts” projection has it',
  noun: 'account',
  projection: 'accounts',
  path: '/api/accounts',
  schema: accountsPageSchema,
  firstOrder: { sort: 'lastActivity', dir: 'desc' },
  movingSorts: ['lastActivity', 'balance'],
  facets: [
    { name: 'status', label: 'Status', toText: toStatus },
    { name: 'currency', label: 'Currency' },
  ],
  searchPlaceholder: 'Search owners and numbers',
  toKey: ({ accountId }) => accountId,
  toHref: ({ accountId }) => `/accounts/${encodeURIComponent(accountId)}`,
  columns: [
    {
      id: 'owner',
      header: 'Owner',
      firstSort: 'asc',
      toText: ({ owner }) => owner,
    },
    {
      id: 'number',
      header: 'Number',
      cell: ({ number }) => <code>{number}</code>,
      firstSort: 'asc',
      toText: ({ number }) => number,
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ accountId, status }) => (
        <>
          <StatusBadge tone={status === 'open' ? 'good' : 'neutral'}>
            {toStatus(status)}
          </StatusBadge>{' '}
          <TroubleMark aggregateId={toAggregateId('account', accountId)} />
        </>
      ),
      toText: ({ status }) => status,
    },
    {
      id: 'lastActivity',
      header: 'Last activity',
      cell: ({ lastActivityAt }) => <Time iso={lastActivityAt} />,
      firstSort: 'desc',
      toText: ({ lastActivityAt }) => lastActivityAt,
    },
    {
      id: 'openedAt',
      header: 'Opened',
      cell: ({ openedAt }) => <Day iso={openedAt} />,
      firstSort: 'desc',
      small: 'hidden',
      toText: ({ openedAt }) => openedAt,
    },
    {
      id: 'balance',
      header: 'Balance',
      cell: ({ balance, currency }) => <Money amount={balance} currency={currency} />,
      firstSort: 'desc',
      small: 'figure',
      align: 'end',
      toText: ({ balance, currency }) => `${toDecimal(BigInt(balance), currency)} ${currency}`,
    },
  ],
};
