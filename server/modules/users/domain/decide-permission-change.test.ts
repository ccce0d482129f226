import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS, type Permission } from '#lib/modules/users/permissions.ts';
import {
  changed,
  deactivated,
  expectDecision,
  minute,
  NOW,
  registered,
  userAfter,
} from '#server/testing/users.ts';
import { decidePermissionChange } from './decide-permission-change.ts';
import { userAggregate } from './user-aggregate.ts';
import type { UserEvent } from './user-events.ts';

function change(events: readonly UserEvent[], grant: Permission[], revoke: Permission[], at = NOW) {
  return decidePermissionChange({ userId: 'u-1', grant, revoke }, at, userAfter(...events));
}

const { codec } = userAggregate.events.UserPermissionsChanged;
const viewer = [registered(), changed(['*:view', 'bank:commands'])];

describe('decidePermissionChange', () => {
  it('grants what is not held and revokes what is', () => {
    const grant: Permission[] = ['*:view', 'users:view'];
    const revoke: Permission[] = ['bank:commands', 'bank:operations'];
    expectDecision(change(viewer, grant, revoke)).brings({
      'user#u-1': [changed(['users:view'], ['bank:commands'])],
    });
  });

  it('brings nothing where nothing changes', () => {
    expectDecision(change(viewer, ['*:view'], ['users:view'])).brings({});
    expectDecision(change(viewer, [], [])).brings({});
  });

  it('never happens before the last event', () => {
    const early = change(viewer, ['users:view'], [], minute(0));
    expectDecision(early).brings({ 'user#u-1': [changed(['users:view'])] }, minute(1));
  });

  it('refuses a user who is not there, or deactivated', () => {
    expectDecision(change([], ['*:view'], [])).isRejected('USER_NOT_FOUND', /u-1/, 'userId');
    const gone = change([...viewer, deactivated()], [], ['*:view']);
    expectDecision(gone).isRejected('USER_DEACTIVATED', /u-1/, 'userId');
  });

  it('leaves what the changes say by the algebra of sets, each event a real change', () => {
    const some = fc.subarray([...PERMISSIONS]);
    fc.assert(
      fc.property(fc.array(fc.tuple(some, some), { maxLength: 12 }), (changes) => {
        const events: UserEvent[] = [registered()];
        const held = new Set<string>();
        for (const [grant, both] of changes) {
          const revoke = both.filter((permission) => !grant.includes(permission));
          const decision = change(events, grant, revoke);
          const before = new Set(held);
          for (const permission of revoke) {
            held.delete(permission);
          }
          for (const permission of grant) {
            held.add(permission);
          }
          const brought = decision.kind === 'accepted' ? decision.events.get('user#u-1') : [];
          const isSame = before.size === held.size && [...held].every((each) => before.has(each));
          expect(brought?.length ?? 0).toBe(isSame ? 0 : 1);
          for (const { eventData } of brought ?? []) {
            const { granted, revoked } = codec.parse(eventData);
            events.push(changed(granted, revoked));
          }
        }
        expect(userAfter(...events)).toMatchObject({ permissions: [...held].sort() });
      }),
    );
  });
});
