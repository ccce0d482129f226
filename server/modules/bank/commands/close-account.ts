import { closeAccountSchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { decideAccount } from '../domain/decide-account.ts';
import { readAccountId } from './read-account-id.ts';

/** Closes an account whose balance is zero, for good (closeAccountSchema). */
export const closeAccount = defineCommand({
  type: 'CloseAccount',
  labels: BANK_FIELD_LABELS,
  route: {
    method: 'POST',
    path: '/accounts/{accountId}/closure',
    summary: 'Closes an account whose balance is zero, for good.',
  },
  schema: closeAccountSchema.transform((given, ctx) => ({
    ...given,
    accountId: readAccountId(ctx, given.accountId),
  })),
  aggregates: ({ accountId }) => [toAccountAggregateId(accountId)],
  decide: (input, { at, stateOf }) =>
    decideAccount(
      { commandType: 'CloseAccount', at, ...input },
      stateOf(accountAggregate, toAccountAggregateId(input.accountId)),
    ),
});
