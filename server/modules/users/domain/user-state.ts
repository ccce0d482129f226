import type { UserEvent } from './user-events.ts';

/** A user at a moment: folded from its events, never stored as truth. */
export type UserState = { readonly status: 'unregistered' } | ExistingUser;

export type ExistingUser = ActiveUserState | DeactivatedUserState;

export type ActiveUserState = UserFacts & {
  readonly status: 'active';
  /** Sorted, each once. */
  readonly permissions: readonly string[];
};

/** Who is deactivated holds no permission. */
export type DeactivatedUserState = UserFacts & {
  readonly status: 'deactivated';
  readonly deactivatedAt: string;
};

/** Times are ISO 8601 in UTC. */
export type UserFacts = {
  readonly email: string;
  readonly name: string;
  readonly registeredAt: string;
  readonly lastEventAt: string;
};

export const initialState: UserState = { status: 'unregistered' };

/**
 * The state after one more event; `timestamp` is the event's own. Throws when the history is not one that
 * the deciders can have written: an event before the registration, or after the deactivation.
 */
export function evolve(
  state: UserState,
  event: UserEvent & { readonly timestamp: string },
): UserState {
  const { timestamp: lastEventAt } = event;
  if (event.eventType === 'UserRegistered') {
    if (state.status !== 'unregistered') {
      throw new Error(`UserRegistered of a user who is ${state.status}`);
    }
    const { email, name } = event.eventData;
    const times = { registeredAt: lastEventAt, lastEventAt };
    return { status: 'active', email, name, permissions: [], ...times };
  }
  if (state.status !== 'active') {
    throw new Error(`${event.eventType} of a user who is ${state.status}`);
  }
  switch (event.eventType) {
    case 'UserProfileUpdated': {
      const { email = state.email, name = state.name } = event.eventData;
      return { ...state, email, name, lastEventAt };
    }
    case 'UserPermissionsChanged':
      return {
        ...state,
        permissions: changePermissions(state.permissions, event.eventData),
        lastEventAt,
      };
    case 'UserDeactivated': {
      const { permissions, ...facts } = state;
      return { ...facts, status: 'deactivated', deactivatedAt: lastEventAt, lastEventAt };
    }
  }
}

/** The permissions that are held after a change, sorted. */
export function changePermissions(
  held: readonly string[],
  {
    granted,
    revoked,
  }: { readonly granted: readonly string[]; readonly revoked: readonly string[] },
): string[] {
  const kept = held.filter((permission) => !revoked.includes(permission));
  return [...new Set([...kept, ...granted])].sort();
}
