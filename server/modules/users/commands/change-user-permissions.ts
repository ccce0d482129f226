import { changeUserPermissionsSchema } from '#lib/modules/users/commands.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { decidePermissionChange } from '../domain/decide-permission-change.ts';
import { userAggregate } from '../domain/user-aggregate.ts';
import { toUserAggregateId } from '../domain/user-aggregate-ids.ts';

/** Grants and revokes permissions of the console (changeUserPermissionsSchema). */
export const changeUserPermissions = defineCommand({
  type: 'ChangeUserPermissions',
  isIssuedByForm: true,
  schema: changeUserPermissionsSchema,
  aggregates: ({ userId }) => [toUserAggregateId(userId)],
  decide: (input, { at, stateOf }) =>
    decidePermissionChange(input, at, stateOf(userAggregate, toUserAggregateId(input.userId))),
});
