import { z } from 'zod';
import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import type { UserEvent } from '../../domain/user-events.ts';

/** An item of the hot view user-summaries: who a user is. */
export const userSummarySchema = z.object({
  name: z.string(),
  email: z.string(),
  status: z.enum(['active', 'deactivated']),
  /** The user's events up to this one are in the item. */
  sequence: z.int().positive(),
  /** The id of that event. */
  eventId: z.string(),
  /** When the item was last rebuilt from the event store. */
  rebuiltAt: z.string().optional(),
});

export type UserSummary = z.infer<typeof userSummarySchema>;

/**
 * The item after more of the user's events, in order; those that it holds already change nothing.
 * Undefined without any event. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldUserSummary(
  held: UserSummary | undefined,
  events: readonly FollowingEvent<UserEvent>[],
): UserSummary | undefined {
  return events.reduce(
    (item, event) => (isNext(item?.sequence ?? 0, event) ? evolveItem(item, event) : item),
    held,
  );
}

function evolveItem(item: UserSummary | undefined, event: FollowingEvent<UserEvent>): UserSummary {
  const seen = { sequence: event.eventSequence, eventId: event.eventId };
  if (event.eventType === 'UserRegistered') {
    const { name, email } = event.eventData;
    return { name, email, status: 'active', ...seen };
  }
  if (item === undefined) {
    throw new Error(`${event.aggregateId} does not begin with its registration.`);
  }
  switch (event.eventType) {
    case 'UserProfileUpdated': {
      const { name = item.name, email = item.email } = event.eventData;
      return { ...item, name, email, ...seen };
    }
    case 'UserPermissionsChanged':
      return { ...item, ...seen };
    case 'UserDeactivated':
      return { ...item, status: 'deactivated', ...seen };
  }
}
