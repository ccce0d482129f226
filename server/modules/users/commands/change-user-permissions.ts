import { changeUserPermissionsSchema } from '#lib/modules/users/commands.ts';
import { USER_FIELD_LABELS } from '#lib/modules/users/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { decidePermissionChange } from '../domain/decide-permission-change.ts';
import { userAggregate } from '../domain/user-aggregate.ts';
import { toUserAggregateId } from '../domain/user-aggregate-ids.ts';

/** Grants and revokes permissions of the console (changeUserPermissionsSchema). */
export const changeUserPermissions = defineCommand({
  type: 'ChangeUserPermissions',
  labels: USER_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/users/{userId}/permissions',
    summary: 'Grants and revokes permissions of a user.',
  },
  action: 'administration',
  schema: changeUserPermissionsSchema,
  aggregates: ({ userId }) => [toUserAggregateId(userId)],
  decide: (input, { at, stateOf }) =>
    decidePermissionChange(input, at, stateOf(userAggregate, toUserAggregateId(input.userId))),
});
