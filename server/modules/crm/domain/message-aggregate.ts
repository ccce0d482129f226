import { createHash } from 'node:crypto';
import { z } from 'zod';
import { toAggregateId } from '#lib/aggregate-id.ts';
import type { Aggregate } from '#server/runtime/event-store/aggregate.ts';

const refused = z.object({
  /** The whole message, as it came. */
  message: z.string(),
  reason: z.string(),
  /** The door that it came by. */
  source: z.string(),
});
const settled = z.object({ reason: z.string() });

const state = z.object({
  status: z.enum(['missing', 'refused', 'settled']),
  message: z.string(),
  reason: z.string(),
  lastEventAt: z.string(),
});
export type MessageState = z.infer<typeof state>;

export type MessageEvent =
  | { readonly eventType: 'CrmMessageRefused'; readonly eventData: z.infer<typeof refused> }
  | { readonly eventType: 'CrmMessageSettled'; readonly eventData: z.infer<typeof settled> };

/** A message is known by its text: 32 hexadecimal digits of its SHA-256. */
const ID = /^[0-9a-f]{32}$/;

/** A message that could not be kept as a change, with its text: nothing that comes is lost. */
export const messageAggregate: Aggregate<MessageState, MessageEvent> = {
  type: 'crm-message',
  parseId: (text) => (ID.test(text) ? text : undefined),
  initialState: { status: 'missing', message: '', reason: '', lastEventAt: '' },
  evolve: (before, { eventType, eventData, timestamp }) =>
    eventType === 'CrmMessageRefused'
      ? {
          status: 'refused',
          message: eventData.message,
          reason: eventData.reason,
          lastEventAt: timestamp,
        }
      : { ...before, status: 'settled', reason: eventData.reason, lastEventAt: timestamp },
  events: {
    CrmMessageRefused: { schemaVersion: 1, codec: refused },
    CrmMessageSettled: { schemaVersion: 1, codec: settled },
  },
  snapshot: { version: 1, codec: state },
};

/** The aggregate of a message by its text. */
export function toMessageAggregateId(message: string): string {
  const digest = createHash('sha256').update(message).digest('hex');
  return toAggregateId(messageAggregate.type, digest.slice(0, 32));
}
