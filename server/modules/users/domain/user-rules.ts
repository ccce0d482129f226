import { type Rejection, reject } from '#server/runtime/commands/decision.ts';
import type { EmailState } from './email-state.ts';
import type { ActiveUserState, UserState } from './user-state.ts';

/** The user, when active; else the rejection that says what they are instead. */
export function requireActiveUser(userId: string, state: UserState): ActiveUserState | Rejection {
  switch (state.status) {
    case 'unregistered':
      return reject('USER_NOT_FOUND', `There is no user ${userId}.`, 'userId');
    case 'deactivated':
      return reject(
        'USER_DEACTIVATED',
        `User ${userId} was deactivated on ${state.deactivatedAt.slice(0, 10)}.`,
        'userId',
      );
    case 'active':
      return state;
  }
}

/** An address is one user's. The sentence leaves it out: it stands in logs. */
export function requireFreeEmail(state: EmailState): Rejection | undefined {
  return state.status === 'claimed'
    ? reject('EMAIL_TAKEN', `This e-mail address is ${state.userId}’s.`, 'email')
    : undefined;
}

/**
 * When events take effect: now, or at the newest event of the aggregates that they go to, where another
 * machine's clock was ahead; for time never runs backwards within an aggregate.
 */
export function effectiveTime(at: string, states: readonly (UserState | EmailState)[]): string {
  return states.map((state) => ('lastEventAt' in state ? state.lastEventAt : '')).reduce(later, at);
}

function later(a: string, b: string): string {
  return a < b ? b : a;
}
