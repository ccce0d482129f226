import { z } from 'zod';
import { toUserId } from '#lib/modules/users/user-id.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import type { UserEvent } from './user-events.ts';
import { evolve, initialState, type UserState } from './user-state.ts';

const permissions = z.array(z.string());
const facts = {
  email: z.string(),
  name: z.string(),
  registeredAt: z.string(),
  lastEventAt: z.string(),
};

/** A user of the console. */
export const userAggregate: Aggregate<UserState, UserEvent> = {
  type: 'user',
  parseId: toUserId,
  initialState,
  evolve,
  events: {
    UserRegistered: {
      schemaVersion: 1,
      codec: z.object({ email: z.string(), name: z.string() }),
    },
    UserProfileUpdated: {
      schemaVersion: 1,
      codec: z.object({ email: z.string().optional(), name: z.string().optional() }),
    },
    UserPermissionsChanged: {
      schemaVersion: 1,
      codec: z.object({ granted: permissions, revoked: permissions }),
    },
    UserDeactivated: { schemaVersion: 1, codec: z.object({ reason: z.string().optional() }) },
  },
  finalEvents: ['UserDeactivated'],
  snapshot: {
    version: 1,
    codec: z.discriminatedUnion('status', [
      z.object({ status: z.literal('unregistered') }),
      z.object({ status: z.literal('active'), ...facts, permissions }),
      z.object({ status: z.literal('deactivated'), ...facts, deactivatedAt: z.string() }),
    ]),
  },
};
