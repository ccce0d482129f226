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
import { foldPermissions, type PermissionChange } from './permission-matrix-fold.ts';
import { permissionMatrixView } from './permission-matrix-view.ts';

const { initial } = permissionMatrixView;

const history = toUserHistory('U1', [
  registered(),
  changed(['*:view', 'bank:commands']),
  updated({ name: 'Ada King' }),
  changed(['users:view'], ['bank:commands']),
]);

describe('foldPermissions', () => {
  it('holds who granted what, when and by which event; and every change', () => {
    const { held, changes } = foldPermissions(initial, history, 'U1');
    const granted = { userId: 'U1', grantedBy: 'administrator' };
    expect(held).toEqual({
      holder: {
        userId: 'U1',
        name: 'Ada King',
        registeredAt: new Date(minute(0)),
        deactivatedAt: null,
        version: 4,
      },
      grants: [
        { ...granted, permission: '*:view', grantedAt: new Date(minute(1)), sequence: 2 },
        { ...granted, permission: 'users:view', grantedAt: new Date(minute(3)), sequence: 4 },
      ],
    });
    const brief = changes.map(({ change, permission, sequence }) => [sequence, change, permission]);
    expect(brief).toEqual([
      [2, 'granted', '*:view'],
      [2, 'granted', 'bank:commands'],
      [4, 'granted', 'users:view'],
      [4, 'revoked', 'bank:commands'],
    ]);
  });

  it('takes a deactivation for the revocation of all that was held', () => {
    const events = toUserHistory('U1', [registered(), changed(['*:view']), deactivated()]);
    const { held, changes } = foldPermissions(initial, events, 'U1');
    expect(held).toMatchObject({ holder: { deactivatedAt: new Date(minute(2)) }, grants: [] });
    expect(changes.at(-1)).toEqual({
      userId: 'U1',
      permission: '*:view',
      sequence: 3,
      change: 'revoked',
      changedBy: 'operator',
      changedAt: new Date(minute(2)),
    });
  });

  it('says the same as the domain, at every time of any history', () => {
    fc.assert(
      fc.property(anyUserHistory, (events) => {
        const { held, changes } = foldPermissions(initial, events, 'U1');
        let state = initialState;
        for (const event of events) {
          state = evolve(state, event);
          const permissions = state.status === 'active' ? state.permissions : [];
          expect(heldAt(changes, new Date(event.timestamp))).toEqual(permissions);
        }
        expect(held.grants.map(({ permission }) => permission)).toEqual(
          state.status === 'active' ? state.permissions : [],
        );
      }),
    );
  });

  it('comes to the same rows by any batches and redeliveries', () => {
    const anyDelivery = anyUserHistory.chain((events) =>
      fc.tuple(fc.constant(events), anyRedeliveryOf(events)),
    );
    fc.assert(
      fc.property(anyDelivery, ([events, batches]) => {
        const whole = permissionMatrixView.fold(initial, events, 'U1');
        const appended: unknown[] = [];
        let held = initial;
        let grants: unknown;
        for (const batch of batches) {
          const folded = permissionMatrixView.fold(held, batch, 'U1');
          held = folded.held;
          grants = folded.rows[1];
          appended.push(...(folded.rows[2] ?? []));
        }
        expect(held).toEqual(whole.held);
        expect(grants).toEqual(whole.rows[1]);
        expect(appended).toEqual(whole.rows[2]);
        expect(permissionMatrixView.fold(held, events, 'U1').rows).toEqual([[], grants, []]);
      }),
    );
  });

  it('throws at a gap', () => {
    expect(() => foldPermissions(initial, history.slice(1), 'U1')).toThrow('Event 2 of user#U1');
  });
});

/** What was held at a time, by the newest change of each permission up to it. */
function heldAt(changes: readonly PermissionChange[], at: Date): string[] {
  const newest = new Map(
    changes
      .filter(({ changedAt }) => changedAt <= at)
      .map(({ permission, change }) => [permission, change]),
  );
  return [...newest]
    .filter(([, change]) => change === 'granted')
    .map(([permission]) => permission)
    .sort();
}
