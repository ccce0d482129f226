import type { DeactivateUserInput } from '#lib/modules/users/commands.ts';
import { accept, type Decision } from '#server/runtime/commands/decision.ts';
import { toUserAggregateId } from './user-aggregate-ids.ts';
import { effectiveTime, requireActiveUser } from './user-rules.ts';
import type { UserState } from './user-state.ts';

/**
 * The end of a user's access, and of all their permissions. Their address stays theirs: nobody else is
 * registered with it, and they can come back. Pure.
 */
export function decideDeactivation(
  { userId, reason }: DeactivateUserInput,
  at: string,
  state: UserState,
): Decision {
  const user = requireActiveUser(userId, state);
  if ('kind' in user) {
    return user;
  }
  const eventData = reason === undefined ? {} : { reason };
  const deactivated = { eventType: 'UserDeactivated', eventData };
  return accept(effectiveTime(at, [user]), toUserAggregateId(userId), deactivated);
}
