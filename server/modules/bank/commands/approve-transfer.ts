import { approveTransferSchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import { toTransferAggregateId } from '#lib/modules/bank/transfer-id.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { accountAggregate } from '../domain/account-aggregate.ts';
import { toAccountAggregateId } from '../domain/account-aggregate-id.ts';
import { decideApproval } from '../domain/decide-proposal.ts';
import { proposalAggregate } from '../domain/proposal-aggregate.ts';
import { readAccountId } from './read-account-id.ts';
import { readTransferId } from './read-transfer-id.ts';

/**
 * Books a transfer that another actor has proposed (approveTransferSchema): its approval and both legs in
 * one transaction. What breaks a rule of the accounts leaves the proposal waiting.
 */
export const approveTransfer = defineCommand({
  type: 'ApproveTransfer',
  labels: BANK_FIELD_LABELS,
  isIssuedByForm: true,
  action: 'operations',
  route: {
    method: 'POST',
    path: '/transfers/{transferId}/approval',
    summary: 'Books a transfer that another actor has proposed: both legs or none.',
  },
  schema: approveTransferSchema.transform((given, ctx) => ({
    transferId: readTransferId(ctx, given.transferId),
    fromAccountId: readAccountId(ctx, given.fromAccountId, 'fromAccountId'),
    toAccountId: readAccountId(ctx, given.toAccountId, 'toAccountId'),
  })),
  aggregates: ({ transferId, fromAccountId, toAccountId }) => [
    toTransferAggregateId(transferId),
    toAccountAggregateId(fromAccountId),
    toAccountAggregateId(toAccountId),
  ],
  decide: (input, { at, actor, stateOf }) =>
    decideApproval(
      { at, actor, ...input },
      stateOf(proposalAggregate, toTransferAggregateId(input.transferId)),
      stateOf(accountAggregate, toAccountAggregateId(input.fromAccountId)),
      stateOf(accountAggregate, toAccountAggregateId(input.toAccountId)),
    ),
});
