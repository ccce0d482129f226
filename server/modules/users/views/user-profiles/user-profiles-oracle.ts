import type { ViewOracle } from '#server/runtime/integrity/view-oracle.ts';
import type { UserState } from '../../domain/user-state.ts';

/** What a row of `user-profiles` must hold, from the domain's own fold and not the view's. */
export const userProfilesOracle: ViewOracle<UserState> = {
  view: 'user-profiles',
  toRow: (state, version) => {
    if (state.status === 'unregistered') {
      return {};
    }
    const { email, name, status, registeredAt, lastEventAt: updatedAt } = state;
    const deactivatedAt = state.status === 'deactivated' ? state.deactivatedAt : null;
    return { email, name, status, registeredAt, updatedAt, deactivatedAt, version };
  },
};
