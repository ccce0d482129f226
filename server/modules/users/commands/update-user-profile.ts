import { updateUserProfileSchema } from '#lib/modules/users/commands.ts';
import { USER_FIELD_LABELS } from '#lib/modules/users/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { decideProfileUpdate } from '../domain/decide-profile-update.ts';
import { emailAggregate } from '../domain/email-aggregate.ts';
import { userAggregate } from '../domain/user-aggregate.ts';
import { toEmailAggregateId, toUserAggregateId } from '../domain/user-aggregate-ids.ts';

/** Changes a user's name, address or both (updateUserProfileSchema). */
export const updateUserProfile = defineCommand({
  type: 'UpdateUserProfile',
  labels: USER_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'PATCH',
    path: '/users/{userId}',
    summary:
      'Changes a user’s name, address of e-mail, or both; a new address names the one that it replaces.',
  },
  schema: updateUserProfileSchema,
  aggregates: ({ userId, email, currentEmail }) => [
    toUserAggregateId(userId),
    ...(email && currentEmail ? new Set([currentEmail, email].map(toEmailAggregateId)) : []),
  ],
  decide: (input, { at, stateOf }) => {
    const { userId, email, currentEmail } = input;
    const addressOf = (text: string) => stateOf(emailAggregate, toEmailAggregateId(text));
    const addresses =
      email && currentEmail
        ? { current: addressOf(currentEmail), next: addressOf(email) }
        : undefined;
    return decideProfileUpdate(
      input,
      at,
      stateOf(userAggregate, toUserAggregateId(userId)),
      addresses,
    );
  },
});
