'use client';

import type { ListSpec } from '#components/console/list/list-spec.ts';
import { ListView } from '#components/console/list/list-view.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { listPageSchema } from '#lib/contracts/queries.ts';
import { type MessageRow, messageRowSchema } from '#lib/modules/crm/queries.ts';
import { KindsNav } from './kinds-nav.tsx';

const LIST: ListSpec<MessageRow> = {
  title: 'Refused messages',
  subtitle: 'What came to the CRM’s doors and is no change that can be kept: with its text',
  noun: 'message',
  projection: 'crm-messages',
  path: '/api/lists/crm-messages',
  schema: listPageSchema(messageRowSchema),
  firstOrder: { sort: 'refusedAt', dir: 'desc' },
  facets: [{ name: 'status', label: 'Status' }],
  searchPlaceholder: 'Search texts and reasons',
  toKey: ({ messageId }) => messageId,
  toHref: ({ messageId }) => `/aggregates/crm-message/${messageId}`,
  columns: [
    { id: 'excerpt', header: 'Text', toText: ({ excerpt }) => excerpt },
    { id: 'reason', header: 'Reason', toText: ({ reason }) => reason },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => (
        <StatusBadge tone={status === 'refused' ? 'warn' : 'neutral'}>{status}</StatusBadge>
      ),
      small: 'figure',
      toText: ({ status }) => status,
    },
    { id: 'source', header: 'Came by', small: 'hidden', toText: ({ source }) => source },
    {
      id: 'refusedAt',
      header: 'When',
      cell: ({ refusedAt }) => <Time iso={refusedAt} />,
      firstSort: 'desc',
      toText: ({ refusedAt }) => refusedAt,
    },
  ],
};

/** Every message that could not be kept as a change. */
export function MessagesView() {
  return (
    <>
      <KindsNav current="/crm/messages" />
      <ListView spec={LIST} begin={{ hint: 'Everything that came was a change.' }} />
    </>
  );
}
