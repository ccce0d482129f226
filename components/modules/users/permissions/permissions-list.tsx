import type { ListColumn, ListSpec } from '#components/console/list/list-spec.ts';
import { PERMISSIONS } from '#lib/modules/users/permissions.ts';
import { type PermissionMatrix, permissionMatrixSchema } from '#lib/modules/users/queries.ts';

export type MatrixRow = PermissionMatrix['items'][number];

/** In a file, a held permission is the time since when, and by whose grant. */
const EXPORTED: readonly ListColumn<MatrixRow>[] = PERMISSIONS.map((permission) => ({
  id: permission,
  header: permission,
  cell: () => null,
  toText: ({ permissions }) => {
    const grant = permissions.find((held) => held.permission === permission);
    return grant ? `${grant.grantedAt} by ${grant.grantedBy}` : '';
  },
}));

/** The matrix as a list of users; what it looks like is MatrixTable's. */
export const PERMISSIONS_LIST: ListSpec<MatrixRow> = {
  title: 'Permissions',
  subtitle: 'Who may do what, as the “permission-matrix” projection has it',
  noun: 'user',
  projection: 'permission-matrix',
  path: '/api/permissions',
  schema: permissionMatrixSchema,
  firstOrder: { sort: 'name', dir: 'asc' },
  facets: [{ name: 'permission', label: 'Permission' }],
  searchPlaceholder: 'Search names and ids',
  toKey: ({ userId }) => userId,
  toHref: ({ userId }) => `/users/${encodeURIComponent(userId)}?tab=permissions`,
  columns: [
    { id: 'name', header: 'Name', cell: ({ name }) => name, toText: ({ name }) => name },
    {
      id: 'userId',
      header: 'User id',
      toText: ({ userId }) => userId,
    },
    {
      id: 'status',
      header: 'Status',
      toText: ({ status }) => status,
    },
    ...EXPORTED,
  ],
};
