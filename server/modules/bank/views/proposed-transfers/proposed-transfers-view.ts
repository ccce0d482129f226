import { defineRowView } from '#server/runtime/views/row-view.ts';
import { proposalAggregate } from '../../domain/proposal-aggregate.ts';
import { evolveProposedTransfer } from './proposed-transfers-fold.ts';
import { proposedTransfersIn } from './proposed-transfers-table.ts';

/** Every transfer that another actor must approve, and what became of it. */
export const proposedTransfersView = defineRowView({
  name: 'proposed-transfers',
  version: 1,
  aggregate: proposalAggregate,
  table: proposedTransfersIn,
  evolve: evolveProposedTransfer,
});
