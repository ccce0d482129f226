import { z } from 'zod';
import { type FollowingEvent, isNext } from '#server/runtime/views/is-next.ts';
import type { UserEvent } from '../../domain/user-events.ts';
import { changePermissions } from '../../domain/user-state.ts';
import { foldUserSummary, userSummarySchema } from '../user-summaries/user-summaries-fold.ts';

/** An item of the hot view user-details: all that is known of a user. Times are ISO 8601 in UTC. */
export const userDetailSchema = userSummarySchema.extend({
  /** Sorted; none once deactivated. */
  permissions: z.array(z.string()),
  registeredAt: z.string(),
  /** Of the event `sequence`. */
  updatedAt: z.string(),
  deactivatedAt: z.string().optional(),
});

export type UserDetail = z.infer<typeof userDetailSchema>;

/**
 * The item after more of the user's events, in order; those that it holds already change nothing.
 * Undefined without any event. Throws SEQUENCE_GAP at a gap. Pure.
 */
export function foldUserDetail(
  held: UserDetail | undefined,
  events: readonly FollowingEvent<UserEvent>[],
): UserDetail | undefined {
  return events.reduce(
    (item, event) => (isNext(item?.sequence ?? 0, event) ? evolveItem(item, event) : item),
    held,
  );
}

function evolveItem(
  item: UserDetail | undefined,
  event: FollowingEvent<UserEvent>,
): UserDetail | undefined {
  const summary = foldUserSummary(item, [event]);
  const at = event.timestamp;
  const { permissions = [], registeredAt = at } = item ?? {};
  const detail = summary && { ...summary, permissions, registeredAt, updatedAt: at };
  switch (event.eventType) {
    case 'UserPermissionsChanged':
      return detail && { ...detail, permissions: changePermissions(permissions, event.eventData) };
    case 'UserDeactivated':
      return detail && { ...detail, permissions: [], deactivatedAt: at };
    case 'UserRegistered':
    case 'UserProfileUpdated':
      return detail;
  }
}
