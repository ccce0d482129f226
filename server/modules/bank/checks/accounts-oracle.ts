import type { ViewOracle } from '#server/runtime/integrity/view-oracle.ts';
import type { AccountState } from '../domain/account-state.ts';

/** What a row of `accounts` must hold, from the domain's own fold and not the view's. */
export const accountsOracle: ViewOracle<AccountState> = {
  view: 'accounts',
  toRow: (state, version) => {
    if (state.status === 'unopened') {
      return {};
    }
    const { number, owner, currency, overdraftLimit, balance, status, openedAt } = state;
    const closedAt = state.status === 'closed' ? state.closedAt : null;
    const lastActivityAt = state.lastEventAt;
    const facts = { number, owner, currency, overdraftLimit, balance, status, openedAt };
    return { ...facts, closedAt, lastActivityAt, version };
  },
};
