import {
  permissionChangesPageSchema,
  permissionMatrixSchema,
  userAnswerSchema,
  usersPageSchema,
} from '#lib/modules/users/queries.ts';
import { getListPage, toListParams, toListQuerySchema } from '#server/runtime/queries/list-page.ts';
import { defineResource } from '#server/runtime/queries/resource.ts';
import { userAggregate } from '../domain/user-aggregate.ts';
import { getPermissionChanges, permissionChangesQuerySchema } from './permission-changes.ts';
import { getPermissionMatrix, permissionMatrixQuerySchema } from './permission-matrix.ts';
import { findUser, userQuerySchema } from './user-answer.ts';
import { usersList } from './users-list.ts';

/** Users by search, status and order. */
const usersResource = defineResource({
  path: '/users',
  summary: 'Lists users: searched, narrowed and sorted over all of them.',
  query: toListQuerySchema(usersList),
  answer: usersPageSchema,
  read: async ({ db, scans }, query) =>
    usersPageSchema.parse(await getListPage(query.q ? scans : db, usersList, toListParams(query))),
});

/** One user, with what they may do. */
const userResource = defineResource({
  path: '/users/{userId}',
  summary: 'Reads a user and their permissions from the views.',
  aggregate: userAggregate,
  query: userQuerySchema,
  answer: userAnswerSchema,
  read: (deps, query, userId) => findUser(deps, userId, query),
  toVersion: ({ user }) => user.version,
});

/** Who holds what, now or at a time. */
const permissionsResource = defineResource({
  path: '/permissions',
  summary: 'Lists who holds which permission, now or as it was at a time.',
  query: permissionMatrixQuerySchema,
  answer: permissionMatrixSchema,
  read: ({ scans }, query) => getPermissionMatrix(scans, query),
});

/** What was granted and revoked. */
const permissionChangesResource = defineResource({
  path: '/permissions/changes',
  summary: 'Lists what was granted and revoked, newest first.',
  query: permissionChangesQuerySchema,
  answer: permissionChangesPageSchema,
  read: ({ db }, query) => getPermissionChanges(db, query),
});

/** What programs read of users. */
export const USER_RESOURCES = [
  usersResource,
  userResource,
  permissionsResource,
  permissionChangesResource,
];
