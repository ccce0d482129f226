import { z } from 'zod';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';
import { parseEmailId } from './email-id.ts';
import { type EmailEvent, type EmailState, evolveEmail, initialEmailState } from './email-state.ts';

const byUser = z.object({ userId: z.string() });
const lastEventAt = z.string();

/** An e-mail address: it is one user's at a time, because claiming it is an event of its own history. */
export const emailAggregate: Aggregate<EmailState, EmailEvent> = {
  type: 'email',
  parseId: parseEmailId,
  initialState: initialEmailState,
  evolve: evolveEmail,
  events: {
    EmailClaimed: { schemaVersion: 1, codec: byUser },
    EmailReleased: { schemaVersion: 1, codec: byUser },
  },
  snapshot: {
    version: 1,
    codec: z.discriminatedUnion('status', [
      z.object({ status: z.literal('unused') }),
      z.object({ status: z.literal('free'), lastEventAt }),
      z.object({ status: z.literal('claimed'), userId: z.string(), lastEventAt }),
    ]),
  },
};
