import { expiryOf } from '#lib/modules/bank/transfer-policy.ts';
import type { FollowingEvent } from '#server/runtime/views/is-next.ts';
import type { ProposalEvent } from '../../domain/proposal-events.ts';
import type { proposedTransfers } from './proposed-transfers-table.ts';

export type ProposedTransfersRow = typeof proposedTransfers.$inferSelect;

/** A proposed transfer's row after one more of its events; `row` is the one before it. Pure. */
export function evolveProposedTransfer(
  row: ProposedTransfersRow | undefined,
  event: FollowingEvent<ProposalEvent>,
  transferId: string,
): ProposedTransfersRow {
  const at = new Date(event.timestamp);
  const version = event.eventSequence;
  if (event.eventType === 'TransferProposed') {
    const { description = null, ...proposed } = event.eventData;
    return {
      transferId,
      ...proposed,
      description,
      status: 'proposed',
      proposedAt: at,
      expiresAt: new Date(expiryOf(event.timestamp)),
      decidedBy: null,
      decidedAt: null,
      reason: null,
      version,
    };
  }
  if (row === undefined) {
    throw new Error(`${event.eventType} is the first event of transfer ${transferId}.`);
  }
  switch (event.eventType) {
    case 'TransferApproved': {
      const { approvedBy: decidedBy } = event.eventData;
      return { ...row, status: 'approved', decidedBy, decidedAt: at, version };
    }
    case 'TransferDeclined': {
      const { declinedBy: decidedBy, reason } = event.eventData;
      return { ...row, status: 'declined', decidedBy, decidedAt: at, reason, version };
    }
  }
}
