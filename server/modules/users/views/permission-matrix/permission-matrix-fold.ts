import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import type { UserEvent } from '../../domain/user-events.ts';
import type { permissionGrants } from './permission-grants-table.ts';
import type { permissionHistory } from './permission-history-table.ts';
import type { permissionHolders } from './permission-holders-table.ts';

export type PermissionHolder = typeof permissionHolders.$inferSelect;
export type PermissionGrant = typeof permissionGrants.$inferSelect;
export type PermissionChange = typeof permissionHistory.$inferSelect;

/** What the matrix holds of one user: their row, and their permissions in order. */
export type UserPermissions = {
  readonly holder: PermissionHolder | undefined;
  readonly grants: readonly PermissionGrant[];
};

/**
 * What the matrix holds of a user after more of their events, in order, and the changes that these add to
 * its history. Events that it holds already change nothing. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldPermissions(
  held: UserPermissions,
  events: readonly FollowingEvent<UserEvent>[],
  userId: string,
): { readonly held: UserPermissions; readonly changes: readonly PermissionChange[] } {
  let { holder, grants } = held;
  const changes: PermissionChange[] = [];
  for (const event of events) {
    if (!isNext(holder?.version ?? 0, event)) {
      continue;
    }
    holder = evolveHolder(holder, event, userId);
    const added = toChanges(event, userId, grants);
    grants = applyChanges(grants, added);
    changes.push(...added);
  }
  return { held: { holder, grants }, changes };
}

function evolveHolder(
  holder: PermissionHolder | undefined,
  event: FollowingEvent<UserEvent>,
  userId: string,
): PermissionHolder {
  const { timestamp, eventSequence: version } = event;
  const at = new Date(timestamp);
  if (event.eventType === 'UserRegistered') {
    return { userId, name: event.eventData.name, registeredAt: at, deactivatedAt: null, version };
  }
  if (holder === undefined) {
    throw new Error(`${event.eventType} is the first event of user ${userId}.`);
  }
  switch (event.eventType) {
    case 'UserProfileUpdated':
      return { ...holder, name: event.eventData.name ?? holder.name, version };
    case 'UserPermissionsChanged':
      return { ...holder, version };
    case 'UserDeactivated':
      return { ...holder, deactivatedAt: at, version };
  }
}

function toChanges(
  event: FollowingEvent<UserEvent>,
  userId: string,
  grants: readonly PermissionGrant[],
): PermissionChange[] {
  const change = (permission: string, kind: PermissionChange['change']): PermissionChange => ({
    userId,
    permission,
    sequence: event.eventSequence,
    change: kind,
    changedBy: event.metadata.actor,
    changedAt: new Date(event.timestamp),
  });
  switch (event.eventType) {
    case 'UserPermissionsChanged':
      return [
        ...event.eventData.granted.map((permission) => change(permission, 'granted')),
        ...event.eventData.revoked.map((permission) => change(permission, 'revoked')),
      ];
    case 'UserDeactivated':
      return grants.map(({ permission }) => change(permission, 'revoked'));
    case 'UserRegistered':
    case 'UserProfileUpdated':
      return [];
  }
}

function applyChanges(
  grants: readonly PermissionGrant[],
  changes: readonly PermissionChange[],
): PermissionGrant[] {
  const byPermission = new Map(grants.map((grant) => [grant.permission, grant]));
  for (const { userId, permission, change, changedBy, changedAt, sequence } of changes) {
    if (change === 'revoked') {
      byPermission.delete(permission);
    } else {
      byPermission.set(permission, {
        userId,
        permission,
        grantedBy: changedBy,
        grantedAt: changedAt,
        sequence,
      });
    }
  }
  return [...byPermission.values()].sort((a, b) => (a.permission < b.permission ? -1 : 1));
}
