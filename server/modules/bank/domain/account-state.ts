import { type AccountEvent, balanceChange } from './account-events.ts';

/** An account at a moment: folded from its events, never stored as truth. */
export type AccountState = { readonly status: 'unopened' } | ExistingAccount;

export type ExistingAccount = OpenAccountState | ClosedAccountState;

export type OpenAccountState = AccountFacts & { readonly status: 'open' };

export type ClosedAccountState = AccountFacts & {
  readonly status: 'closed';
  readonly closedAt: string;
};

/** Amounts are in minor units of `currency`; times are ISO 8601 in UTC. */
export type AccountFacts = {
  readonly owner: string;
  readonly number: string;
  readonly currency: string;
  readonly overdraftLimit: bigint;
  readonly balance: bigint;
  readonly openedAt: string;
  readonly lastEventAt: string;
};

export const initialState: AccountState = { status: 'unopened' };

/**
 * The state after one more event; `timestamp` is the event's own. Throws when the history is not
 * one that the decider can have written: an event before the opening, or after the closing.
 */
export function evolve(
  state: AccountState,
  event: AccountEvent & { readonly timestamp: string },
): AccountState {
  const { timestamp } = event;
  switch (event.eventType) {
    case 'AccountOpened':
      if (state.status !== 'unopened') {
        throw new Error(`AccountOpened on an account that is ${state.status}`);
      }
      return {
        ...event.eventData,
        status: 'open',
        balance: 0n,
        openedAt: timestamp,
        lastEventAt: timestamp,
      };
    case 'AccountClosed':
      return {
        ...requireOpen(state, event),
        status: 'closed',
        closedAt: timestamp,
        lastEventAt: timestamp,
      };
    case 'MoneyDeposited':
    case 'MoneyWithdrawn':
    case 'TransferSent':
    case 'TransferReceived': {
      const open = requireOpen(state, event);
      return { ...open, balance: open.balance + balanceChange(event), lastEventAt: timestamp };
    }
  }
}

function requireOpen(state: AccountState, event: AccountEvent): OpenAccountState {
  if (state.status !== 'open') {
    throw new Error(`${event.eventType} on an account that is ${state.status}`);
  }
  return state;
}
