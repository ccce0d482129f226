/** What can have happened to an e-mail address: whose it became, and that it was given back. */
export type EmailEvent =
  | { readonly eventType: 'EmailClaimed'; readonly eventData: { readonly userId: string } }
  | { readonly eventType: 'EmailReleased'; readonly eventData: { readonly userId: string } };

/** Whose an address is. Times are ISO 8601 in UTC. */
export type EmailState =
  | { readonly status: 'unused' }
  | { readonly status: 'free'; readonly lastEventAt: string }
  | { readonly status: 'claimed'; readonly userId: string; readonly lastEventAt: string };

export const initialEmailState: EmailState = { status: 'unused' };

/**
 * The state after one more event. Throws when the history is not one that the deciders can have written:
 * a claim of what is claimed, or a release by another user.
 */
export function evolveEmail(
  state: EmailState,
  { eventType, eventData: { userId }, timestamp }: EmailEvent & { readonly timestamp: string },
): EmailState {
  switch (eventType) {
    case 'EmailClaimed':
      if (state.status === 'claimed') {
        throw new Error(`EmailClaimed by ${userId} of an address that is ${state.userId}’s`);
      }
      return { status: 'claimed', userId, lastEventAt: timestamp };
    case 'EmailReleased':
      if (state.status !== 'claimed' || state.userId !== userId) {
        throw new Error(`EmailReleased by ${userId} of an address that is not theirs`);
      }
      return { status: 'free', lastEventAt: timestamp };
  }
}
