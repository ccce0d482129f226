import { toTransferAggregateId, toTransferId } from '#lib/modules/bank/transfer-id.ts';
import { expiryOf, needsFourEyes } from '#lib/modules/bank/transfer-policy.ts';
import {
  accept,
  type Decision,
  type Rejection,
  reject,
} from '#server/runtime/commands/decision.ts';
import type { Transfer } from './account-commands.ts';
import { checkText } from './account-rules.ts';
import type { AccountState } from './account-state.ts';
import { decideTransfer } from './decide-transfer.ts';
import { isHistory, limitAmount } from './limit-amount.ts';
import type { ProposalEvent } from './proposal-events.ts';
import type { OpenProposal, ProposalState } from './proposal-state.ts';

/** A decision on a proposed transfer: by whom, and when. */
type Decided = { readonly transferId: string; readonly actor: string; readonly at: string };

/** The accounts say which transfer the approver has seen. */
export type Approval = Decided & { readonly fromAccountId: string; readonly toAccountId: string };

export type Refusal = Decided & { readonly reason: string };

/** Whether a transfer that is asked for is to be proposed first, and is not booked at once. */
export function isToBeProposed(transfer: Pick<Transfer, 'amount' | 'currency' | 'bookedAt'>) {
  return !isHistory(transfer) && needsFourEyes(transfer.amount, transfer.currency);
}

/**
 * A transfer that somebody asks for: both legs, or from the amount on that the policy says, a proposal
 * that another actor approves. What could not be booked now is not proposed either. Pure.
 */
export function decideRequestedTransfer(
  { actor, ...transfer }: Transfer & { readonly actor: string },
  proposal: ProposalState,
  from: AccountState,
  to: AccountState,
): Decision {
  const booked = limitAmount(transfer, decideTransfer(transfer, from, to));
  if (booked.kind === 'rejected' || !isToBeProposed(transfer)) {
    return booked;
  }
  const { transferId, at, fromAccountId, toAccountId, amount, currency, description } = transfer;
  if (toTransferId(transferId) === undefined) {
    const sentence = 'The command id of a large transfer has letters, digits and . _ : - only.';
    return reject('INVALID_INPUT', sentence, 'commandId');
  }
  if (proposal.status !== 'unproposed') {
    const sentence = `There is a transfer ${transferId} already.`;
    return reject('TRANSFER_ID_TAKEN', sentence);
  }
  const proposed = { fromAccountId, toAccountId, amount, currency, description, proposedBy: actor };
  return toDecision(transferId, at, { eventType: 'TransferProposed', eventData: proposed });
}

/**
 * Books a proposed transfer, both legs with the approval, or says which rule that breaks: the proposal
 * then goes on waiting. Pure.
 */
export function decideApproval(
  { transferId, actor, at, fromAccountId, toAccountId }: Approval,
  proposal: ProposalState,
  from: AccountState,
  to: AccountState,
): Decision {
  const open = requireOpenProposal(transferId, proposal);
  if ('kind' in open) {
    return open;
  }
  const { proposedBy, proposedAt, status: _, ...transfer } = open;
  if (fromAccountId !== open.fromAccountId || toAccountId !== open.toAccountId) {
    const sentence = `This transfer is from ${open.fromAccountId} to ${open.toAccountId}, and not from ${fromAccountId} to ${toAccountId}.`;
    return reject('INVALID_INPUT', sentence, 'fromAccountId');
  }
  if (actor === proposedBy) {
    const sentence = `${actor} has proposed this transfer: somebody else must approve it.`;
    return reject('FOUR_EYES', sentence);
  }
  const expiresAt = expiryOf(proposedAt);
  if (at >= expiresAt) {
    const sentence = `This transfer could be approved until ${expiresAt}. Decline it, and ask for it anew.`;
    return reject('PROPOSAL_EXPIRED', sentence);
  }
  const now = notBefore(at, open);
  const booked = decideTransfer({ transferId, at: now, ...transfer }, from, to);
  if (booked.kind === 'rejected') {
    return booked;
  }
  const approved: ProposalEvent = {
    eventType: 'TransferApproved',
    eventData: { approvedBy: actor },
  };
  const events = new Map([...booked.events, [toTransferAggregateId(transferId), [approved]]]);
  return { ...booked, events };
}

/** Ends a proposal, its own proposer's too: nothing is booked. Pure. */
export function decideRefusal(
  { transferId, actor, at, reason }: Refusal,
  proposal: ProposalState,
): Decision {
  const open = requireOpenProposal(transferId, proposal);
  if ('kind' in open) {
    return open;
  }
  const eventData = { declinedBy: actor, reason };
  return (
    checkText('reason', reason) ??
    toDecision(transferId, notBefore(at, open), { eventType: 'TransferDeclined', eventData })
  );
}

function requireOpenProposal(transferId: string, state: ProposalState): OpenProposal | Rejection {
  switch (state.status) {
    case 'unproposed':
      return reject(
        'TRANSFER_NOT_FOUND',
        `There is no proposed transfer ${transferId}.`,
        'transferId',
      );
    case 'proposed':
      return state;
    default: {
      const sentence = `${state.decidedBy} has ${state.status} this transfer already, at ${state.decidedAt}.`;
      return reject('TRANSFER_DECIDED', sentence);
    }
  }
}

/** Time never runs backwards within an aggregate, whatever another machine's clock says. */
function notBefore(at: string, { proposedAt }: OpenProposal): string {
  return at < proposedAt ? proposedAt : at;
}

/** Gives the event its type: `accept` takes any. */
function toDecision(transferId: string, at: string, event: ProposalEvent): Decision {
  return accept(at, toTransferAggregateId(transferId), event);
}
