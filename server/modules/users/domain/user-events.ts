/** What can have happened to a user: the current version of every event. */
export type UserEvent =
  | { readonly eventType: 'UserRegistered'; readonly eventData: UserRegistered }
  | { readonly eventType: 'UserProfileUpdated'; readonly eventData: UserProfileUpdated }
  | { readonly eventType: 'UserPermissionsChanged'; readonly eventData: UserPermissionsChanged }
  | { readonly eventType: 'UserDeactivated'; readonly eventData: UserDeactivated };

export type UserRegistered = { readonly email: string; readonly name: string };

/** What has changed, and nothing else. */
export type UserProfileUpdated = {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
};

/**
 * What was not held and is now, and the other way round; sorted. Texts, because a history may name a
 * permission that this program does not have: a retired one, or a newer program's.
 */
export type UserPermissionsChanged = {
  readonly granted: readonly string[];
  readonly revoked: readonly string[];
};

/** All permissions end with it. */
export type UserDeactivated = { readonly reason?: string | undefined };
