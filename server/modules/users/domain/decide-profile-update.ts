import type { UpdateUserProfileInput } from '#lib/modules/users/commands.ts';
import { type Decision, reject } from '#server/runtime/commands/decision.ts';
import type { DomainEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { EmailState } from './email-state.ts';
import { toEmailAggregateId, toUserAggregateId } from './user-aggregate-ids.ts';
import { effectiveTime, requireActiveUser, requireFreeEmail } from './user-rules.ts';
import type { UserState } from './user-state.ts';

/** The addresses that a change is about, when it is about one: the one it replaces, and the new one. */
type Addresses = { readonly current: EmailState; readonly next: EmailState };

/**
 * What of a profile changes: with the address, the old one is released and the new one claimed in the same
 * transaction. No event where nothing changes. Pure.
 */
export function decideProfileUpdate(
  { userId, ...input }: UpdateUserProfileInput,
  at: string,
  state: UserState,
  addresses: Addresses | undefined,
): Decision {
  const user = requireActiveUser(userId, state);
  if ('kind' in user) {
    return user;
  }
  const name = input.name === user.name ? undefined : input.name;
  const email = input.email === user.email ? undefined : input.email;
  const updated = {
    eventType: 'UserProfileUpdated',
    // What has not changed is left out, and not there as undefined.
    eventData: { ...(email && { email }), ...(name && { name }) },
  };
  const history = toUserAggregateId(userId);
  if (email === undefined) {
    const events = new Map(name === undefined ? [] : [[history, [updated]]]);
    return { kind: 'accepted', timestamp: effectiveTime(at, [user]), events };
  }
  // The user and the address are read a moment apart: the address may have been released in between.
  const isTheirs = addresses?.current.status === 'claimed' && addresses.current.userId === userId;
  if (input.currentEmail !== user.email || !isTheirs) {
    const sentence = `The e-mail address of ${userId} is another one by now: look at it again.`;
    return reject('EMAIL_NOT_CURRENT', sentence, 'currentEmail');
  }
  const broken = requireFreeEmail(addresses.next);
  if (broken) {
    return broken;
  }
  return {
    kind: 'accepted',
    timestamp: effectiveTime(at, [user, addresses.current, addresses.next]),
    events: new Map<string, DomainEvent[]>([
      [history, [updated]],
      [toEmailAggregateId(user.email), [{ eventType: 'EmailReleased', eventData: { userId } }]],
      [toEmailAggregateId(email), [{ eventType: 'EmailClaimed', eventData: { userId } }]],
    ]),
  };
}
