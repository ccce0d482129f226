import type { ProposalEvent, TransferProposed } from './proposal-events.ts';

/** A transfer that another actor must approve, at a moment: folded from its events. */
export type ProposalState = { readonly status: 'unproposed' } | ExistingProposal;

export type ExistingProposal = OpenProposal | DecidedProposal;

export type OpenProposal = ProposalFacts & { readonly status: 'proposed' };

export type DecidedProposal = ProposalFacts & {
  readonly status: 'approved' | 'declined';
  readonly decidedBy: string;
  readonly decidedAt: string;
};

/** What was proposed, and when: ISO 8601 in UTC. */
export type ProposalFacts = TransferProposed & { readonly proposedAt: string };

export const initialState: ProposalState = { status: 'unproposed' };

/**
 * The state after one more event; `timestamp` is the event's own. Throws when the history is not one that
 * the decider can have written: a decision before the proposal, or after another one.
 */
export function evolve(
  state: ProposalState,
  event: ProposalEvent & { readonly timestamp: string },
): ProposalState {
  const { timestamp } = event;
  if (event.eventType === 'TransferProposed') {
    if (state.status !== 'unproposed') {
      throw new Error(`TransferProposed of a transfer that is ${state.status}`);
    }
    return { ...event.eventData, status: 'proposed', proposedAt: timestamp };
  }
  if (state.status !== 'proposed') {
    throw new Error(`${event.eventType} of a transfer that is ${state.status}`);
  }
  return event.eventType === 'TransferApproved'
    ? { ...state, status: 'approved', decidedBy: event.eventData.approvedBy, decidedAt: timestamp }
    : { ...state, status: 'declined', decidedBy: event.eventData.declinedBy, decidedAt: timestamp };
}
