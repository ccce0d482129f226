import { registerUserSchema } from '#lib/modules/users/commands.ts';
import { USER_FIELD_LABELS } from '#lib/modules/users/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { decideRegistration } from '../domain/decide-registration.ts';
import { emailAggregate } from '../domain/email-aggregate.ts';
import { userAggregate } from '../domain/user-aggregate.ts';
import { toEmailAggregateId, toUserAggregateId } from '../domain/user-aggregate-ids.ts';

/** Registers a user under an id and an address that nobody has (registerUserSchema). */
export const registerUser = defineCommand({
  type: 'RegisterUser',
  labels: USER_FIELD_LABELS,
  isIssuedByForm: true,
  route: {
    method: 'POST',
    path: '/users',
    summary: 'Registers a user under an id and an address of e-mail that nobody has.',
    creates: '/users/{userId}',
  },
  schema: registerUserSchema,
  aggregates: ({ userId, email }) => [toUserAggregateId(userId), toEmailAggregateId(email)],
  decide: (input, { at, stateOf }) =>
    decideRegistration(
      input,
      at,
      stateOf(userAggregate, toUserAggregateId(input.userId)),
      stateOf(emailAggregate, toEmailAggregateId(input.email)),
    ),
});
