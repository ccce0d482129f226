import { declineTransferSchema } from '#lib/modules/bank/commands.ts';
import { BANK_FIELD_LABELS } from '#lib/modules/bank/field-labels.ts';
import { toTransferAggregateId } from '#lib/modules/bank/transfer-id.ts';
import { defineCommand } from '#server/runtime/commands/command.ts';
import { decideRefusal } from '../domain/decide-proposal.ts';
import { proposalAggregate } from '../domain/proposal-aggregate.ts';
import { readTransferId } from './read-transfer-id.ts';

/** Ends a proposed transfer, and books nothing (declineTransferSchema). */
export const declineTransfer = defineCommand({
  type: 'DeclineTransfer',
  labels: BANK_FIELD_LABELS,
  isIssuedByForm: true,
  action: 'operations',
  route: {
    method: 'POST',
    path: '/transfers/{transferId}/refusal',
    summary: 'Ends a proposed transfer with a reason, and books nothing.',
  },
  schema: declineTransferSchema.transform(({ transferId, ...given }, ctx) => ({
    ...given,
    transferId: readTransferId(ctx, transferId),
  })),
  aggregates: ({ transferId }) => [toTransferAggregateId(transferId)],
  decide: (input, { at, actor, stateOf }) =>
    decideRefusal(
      { at, actor, ...input },
      stateOf(proposalAggregate, toTransferAggregateId(input.transferId)),
    ),
});
