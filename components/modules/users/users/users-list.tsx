import type { ListSpec } from '#components/console/list/list-spec.ts';
import { TroubleMark } from '#components/console/system/trouble-mark.tsx';
import { Day, Time } from '#components/ui/time.tsx';
import { toAggregateId } from '#lib/aggregate-id.ts';
import { type UserRow, usersPageSchema } from '#lib/modules/users/queries.ts';
import { UserStatus } from '../user-status.tsx';

/** The list of users; a column's id is the name that the API sorts by. */
export const USERS_LIST: ListSpec<UserRow> = {
  title: 'Users',
  subtitle: 'Every user of the console, as the “user-profiles” projection has it',
  noun: 'user',
  projection: 'user-profiles',
  path: '/api/users',
  schema: usersPageSchema,
  firstOrder: { sort: 'name', dir: 'asc' },
  movingSorts: ['updatedAt'],
  facets: [
    {
      name: 'status',
      label: 'Status',
      toText: (status) => (status === 'active' ? 'Active' : 'Deactivated'),
    },
  ],
  searchPlaceholder: 'Search names, addresses and ids',
  toKey: ({ userId }) => userId,
  toHref: ({ userId }) => `/users/${encodeURIComponent(userId)}`,
  columns: [
    {
      id: 'name',
      header: 'Name',
      firstSort: 'asc',
      toText: ({ name }) => name,
    },
    {
      id: 'userId',
      header: 'User id',
      cell: ({ userId }) => <code>{userId}</code>,
      toText: ({ userId }) => userId,
    },
    {
      id: 'email',
      header: 'E-mail address',
      firstSort: 'asc',
      toText: ({ email }) => email,
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ userId, status }) => (
        <>
          <UserStatus status={status} /> <TroubleMark aggregateId={toAggregateId('user', userId)} />
        </>
      ),
      small: 'figure',
      toText: ({ status }) => status,
    },
    {
      id: 'registeredAt',
      header: 'Registered',
      cell: ({ registeredAt }) => <Day iso={registeredAt} />,
      firstSort: 'desc',
      small: 'hidden',
      toText: ({ registeredAt }) => registeredAt,
    },
    {
      id: 'updatedAt',
      header: 'Last change',
      cell: ({ updatedAt }) => <Time iso={updatedAt} />,
      firstSort: 'desc',
      toText: ({ updatedAt }) => updatedAt,
    },
  ],
};
