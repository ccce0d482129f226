import type { FollowingEvent } from '#server/runtime/views/is-next.ts';
import type { UserEvent } from '../../domain/user-events.ts';
import type { userProfiles } from './user-profiles-table.ts';

export type UserProfilesRow = typeof userProfiles.$inferSelect;

/** A user's row after one more of their events; `row` is the one before it. Pure. */
export function evolveUserProfile(
  row: UserProfilesRow | undefined,
  event: FollowingEvent<UserEvent>,
  userId: string,
): UserProfilesRow {
  const at = new Date(event.timestamp);
  const seen = { updatedAt: at, version: event.eventSequence };
  if (event.eventType === 'UserRegistered') {
    const { email, name } = event.eventData;
    return {
      userId,
      email,
      name,
      status: 'active',
      registeredAt: at,
      deactivatedAt: null,
      ...seen,
    };
  }
  if (row === undefined) {
    throw new Error(`${event.eventType} is the first event of user ${userId}.`);
  }
  switch (event.eventType) {
    case 'UserProfileUpdated': {
      const { email = row.email, name = row.name } = event.eventData;
      return { ...row, email, name, ...seen };
    }
    case 'UserPermissionsChanged':
      return { ...row, ...seen };
    case 'UserDeactivated':
      return { ...row, status: 'deactivated', deactivatedAt: at, ...seen };
  }
}
