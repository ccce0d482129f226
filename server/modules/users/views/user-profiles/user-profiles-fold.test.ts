import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolve, initialState } from '#server/modules/users/domain/user-state.ts';
import { anyRedeliveryOf } from '#server/testing/redeliveries.ts';
import {
  anyUserHistory,
  changed,
  deactivated,
  minute,
  registered,
  toUserHistory,
  updated,
} from '#server/testing/users.ts';
import type { UserProfilesRow } from './user-profiles-fold.ts';
import { userProfilesOracle } from './user-profiles-oracle.ts';
import { userProfilesView } from './user-profiles-view.ts';

const history = toUserHistory('U1', [
  registered(),
  updated({ email: 'ada@king.org' }),
  changed(['*:view']),
  deactivated(),
]);

/** The row after more of the user's events. */
function fold(row: UserProfilesRow | undefined, events: typeof history) {
  return userProfilesView.fold({ version: row?.version ?? 0, row }, events, 'U1').held.row;
}

describe('the view user-profiles', () => {
  it('holds the profile and its times', () => {
    expect(fold(undefined, history)).toEqual({
      userId: 'U1',
      email: 'ada@king.org',
      name: 'Ada Lovelace',
      status: 'deactivated',
      registeredAt: new Date(minute(0)),
      updatedAt: new Date(minute(3)),
      deactivatedAt: new Date(minute(3)),
      version: 4,
    });
  });

  it('says the same as the domain’s own fold', () => {
    fc.assert(
      fc.property(anyUserHistory, (events) => {
        const state = events.reduce(evolve, initialState);
        const row = fold(undefined, events);
        expect(userProfilesOracle.toRow(state, events.length)).toEqual({
          email: row?.email,
          name: row?.name,
          status: row?.status,
          registeredAt: row?.registeredAt.toISOString(),
          updatedAt: row?.updatedAt.toISOString(),
          deactivatedAt: row?.deactivatedAt?.toISOString() ?? null,
          version: row?.version,
        });
      }),
    );
  });

  it('comes to the same row by any batches and redeliveries', () => {
    const anyDelivery = anyUserHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        const row = batches.reduce<UserProfilesRow | undefined>(
          (held, batch) => fold(held, batch),
          undefined,
        );
        expect(row).toEqual(fold(undefined, events));
        expect(fold(row, events)).toBe(row);
      }),
    );
  });

  it('throws at a gap', () => {
    expect(() => fold(undefined, history.slice(1))).toThrow('Event 2 of user#U1');
  });
});
