import { deactivateUserSchema } from '#lib/modules/users/commands.ts';
import { USER_FIELD_LABELS } from '#lib/modules/users/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { decideDeactivation } from '../domain/decide-deactivation.ts';
import { userAggregate } from '../domain/user-aggregate.ts';
import { toUserAggregateId } from '../domain/user-aggregate-ids.ts';

/** Ends a user's access, and all their permissions (deactivateUserSchema). */
export const deactivateUser = defineCommand({
  type: 'DeactivateUser',
  labels: USER_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/users/{userId}/deactivation',
    summary: 'Ends a user’s access and permissions, for good.',
  },
  schema: deactivateUserSchema,
  aggregates: ({ userId }) => [toUserAggregateId(userId)],
  decide: (input, { at, stateOf }) =>
    decideDeactivation(input, at, stateOf(userAggregate, toUserAggregateId(input.userId))),
});
