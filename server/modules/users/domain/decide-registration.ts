import type { RegisterUserInput } from '#lib/modules/users/commands.ts';
import { type Decision, reject } from '#server/runtime/commands/decision.ts';
import type { EmailState } from './email-state.ts';
import { toEmailAggregateId, toUserAggregateId } from './user-aggregate-ids.ts';
import { effectiveTime, requireFreeEmail } from './user-rules.ts';
import type { UserState } from './user-state.ts';

/** A new user, whose address is claimed in the same transaction, or the rule that it breaks. Pure. */
export function decideRegistration(
  { userId, email, name }: RegisterUserInput,
  at: string,
  user: UserState,
  address: EmailState,
): Decision {
  if (user.status !== 'unregistered') {
    return reject('USER_ID_TAKEN', `There is a user ${userId} already.`, 'userId');
  }
  const broken = requireFreeEmail(address);
  if (broken) {
    return broken;
  }
  return {
    kind: 'accepted',
    timestamp: effectiveTime(at, [address]),
    events: new Map([
      [toUserAggregateId(userId), [{ eventType: 'UserRegistered', eventData: { email, name } }]],
      [toEmailAggregateId(email), [{ eventType: 'EmailClaimed', eventData: { userId } }]],
    ]),
  };
}
