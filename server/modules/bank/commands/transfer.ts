import { transferSchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { decideTransfer } from '../domain/decide-transfer.ts';
import { readAccountId } from './read-account-id.ts';
import { readAmount } from './read-amount.ts';

/**
 * Moves money between two accounts of one currency: both legs or none (transferSchema). The legs
 * share the command's id as their transfer id.
 */
export const transfer = defineCommand({
  type: 'Transfer',
  labels: BANK_FIELD_LABELS,
  route: {
    method: 'POST',
    path: '/accounts/{fromAccountId}/transfers',
    summary: 'Moves money to another account of the same currency: both legs or none.',
    without: ['bookedAt'],
  },
  schema: transferSchema.transform((given, ctx) => ({
    ...given,
    fromAccountId: readAccountId(ctx, given.fromAccountId, 'fromAccountId'),
    toAccountId: readAccountId(ctx, given.toAccountId, 'toAccountId'),
    amount: readAmount(ctx, given.amount, given.currency),
  })),
  aggregates: ({ fromAccountId, toAccountId }) => [
    toAccountAggregateId(fromAccountId),
    toAccountAggregateId(toAccountId),
  ],
  decide: (input, { at, commandId, stateOf }) =>
    decideTransfer(
      { transferId: commandId, at, ...input },
      stateOf(accountAggregate, toAccountAggregateId(input.fromAccountId)),
      stateOf(accountAggregate, toAccountAggregateId(input.toAccountId)),
    ),
});
