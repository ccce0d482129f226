import { isOfType, parseAggregateId } from '#lib/aggregate-id.ts';
import { transferSchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import { toTransferAggregateId } from '#lib/modules/bank/transfer-id.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { decideRequestedTransfer, isToBeProposed } from '../domain/decide-proposal.ts';
import { proposalAggregate } from '../domain/proposal-aggregate.ts';
import { readAccountId } from './read-account-id.ts';
import { readAmount } from './read-amount.ts';

/**
 * Moves money between two accounts of one currency: both legs or none (transferSchema). The legs
 * share the command's id as their transfer id. A large one is proposed under that id, and booked when
 * another actor approves it; one with a booking time happened already, and is booked.
 */
export const transfer = defineCommand({
  type: 'Transfer',
  labels: BANK_FIELD_LABELS,
  route: {
    method: 'POST',
    path: '/accounts/{fromAccountId}/transfers',
    summary:
      'Moves money to another account of the same currency: both legs or none. A large one is proposed, and has a Location where it waits for another’s approval.',
    toFollow: (written) => {
      const proposal = written.find((id) => isOfType(proposalAggregate.type, id));
      return proposal && `/transfers/${encodeURIComponent(parseAggregateId(proposal).id)}`;
    },
    without: ['bookedAt'],
  },
  schema: transferSchema.transform((given, ctx) => ({
    ...given,
    fromAccountId: readAccountId(ctx, given.fromAccountId, 'fromAccountId'),
    toAccountId: readAccountId(ctx, given.toAccountId, 'toAccountId'),
    amount: readAmount(ctx, given.amount, given.currency),
  })),
  aggregates: (input, commandId) => [
    toAccountAggregateId(input.fromAccountId),
    toAccountAggregateId(input.toAccountId),
    ...(isToBeProposed(input) ? [toTransferAggregateId(commandId)] : []),
  ],
  decide: (input, { at, actor, commandId, stateOf }) =>
    decideRequestedTransfer(
      { transferId: commandId, at, actor, ...input },
      isToBeProposed(input)
        ? stateOf(proposalAggregate, toTransferAggregateId(commandId))
        : proposalAggregate.initialState,
      stateOf(accountAggregate, toAccountAggregateId(input.fromAccountId)),
      stateOf(accountAggregate, toAccountAggregateId(input.toAccountId)),
    ),
});
