import type { ChangeUserPermissionsInput } from '#lib/modules/users/commands.ts';
import type { Decision } from '#server/runtime/commands/decision.ts';
import { toUserAggregateId } from './user-aggregate-ids.ts';
import { effectiveTime, requireActiveUser } from './user-rules.ts';
import type { UserState } from './user-state.ts';

/**
 * What of a user's permissions changes: only what is not held is granted, only what is held is revoked.
 * No event where nothing changes. Pure.
 */
export function decidePermissionChange(
  { userId, grant, revoke }: ChangeUserPermissionsInput,
  at: string,
  state: UserState,
): Decision {
  const user = requireActiveUser(userId, state);
  if ('kind' in user) {
    return user;
  }
  const granted = grant.filter((permission) => !user.permissions.includes(permission));
  const revoked = revoke.filter((permission) => user.permissions.includes(permission));
  const changed = { eventType: 'UserPermissionsChanged', eventData: { granted, revoked } };
  const isChange = granted.length + revoked.length > 0;
  return {
    kind: 'accepted',
    timestamp: effectiveTime(at, [user]),
    events: new Map(isChange ? [[toUserAggregateId(userId), [changed]]] : []),
  };
}
