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
import { foldUserSummary, type UserSummary } from '../user-summaries/user-summaries-fold.ts';
import { userSummariesView } from '../user-summaries/user-summaries-view.ts';
import { foldUserDetail, type UserDetail } from './user-details-fold.ts';
import { userDetailsView } from './user-details-view.ts';

const history = toUserHistory('U1', [
  registered(),
  changed(['bank:view', '*:view']),
  updated({ name: 'Ada King' }),
]);
const summary = { name: 'Ada King', email: 'ada@example.com', status: 'active' };

describe('the hot views of a user', () => {
  it('hold who the user is, and all that is known', () => {
    const at = { sequence: 3, eventId: 'U1-3' };
    expect(foldUserSummary(undefined, history)).toEqual({ ...summary, ...at });
    expect(foldUserDetail(undefined, history)).toEqual({
      ...summary,
      ...at,
      permissions: ['*:view', 'bank:view'],
      registeredAt: minute(0),
      updatedAt: minute(2),
    });
    const ended = toUserHistory('U1', [registered(), changed(['*:view']), deactivated()]);
    expect(foldUserDetail(undefined, ended)).toMatchObject({
      status: 'deactivated',
      permissions: [],
      deactivatedAt: minute(2),
    });
  });

  it('say the same as the domain’s own fold, and are read as they were stored', () => {
    fc.assert(
      fc.property(anyUserHistory, (events) => {
        const { lastEventAt, ...state } = {
          permissions: [],
          lastEventAt: '',
          ...events.reduce(evolve, initialState),
        };
        const detail = foldUserDetail(undefined, events);
        expect(detail).toMatchObject({ ...state, updatedAt: lastEventAt });
        expect(userDetailsView.parse(detail)).toEqual(detail);
        const item = foldUserSummary(undefined, events);
        expect(detail).toMatchObject(item ?? {});
        expect(userSummariesView.parse(item)).toEqual(item);
      }),
    );
  });

  it('come to the same items by any batches and redeliveries', () => {
    const anyDelivery = anyUserHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        const detail = batches.reduce<UserDetail | undefined>(foldUserDetail, undefined);
        expect(detail).toEqual(foldUserDetail(undefined, events));
        expect(foldUserDetail(detail, events)).toBe(detail);
        const item = batches.reduce<UserSummary | undefined>(foldUserSummary, undefined);
        expect(item).toEqual(foldUserSummary(undefined, events));
      }),
    );
  });

  it('keep when they were rebuilt, and throw at a gap', () => {
    const detail = foldUserDetail(undefined, history.slice(0, 1));
    const rebuiltAt = minute(9);
    expect(foldUserDetail(detail && { ...detail, rebuiltAt }, history)).toMatchObject({
      rebuiltAt,
    });
    expect(() => foldUserDetail(undefined, history.slice(1))).toThrow('Event 2 of user#U1');
    expect(() => foldUserSummary(undefined, history.slice(1))).toThrow('Event 2 of user#U1');
  });
});
