import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { findNotStorable } from './storable.ts';

/** The highest sequence that PostgreSQL's integer holds. */
export const MAX_SEQUENCE = 2_147_483_647;

/** The form of an aggregate's type. What malformed items are kept under has none (`toMalformedItemId`). */
const AGGREGATE_ID = /^(?!foreign#)[a-z][a-z0-9-]*#./s;

/** An event's key, within what PostgreSQL can hold of it. */
export const eventKeySchema = z.object({
  aggregateId: z
    .string()
    .regex(AGGREGATE_ID, 'Invalid input: expected <type>#<id>')
    .refine((id) => !id.includes('\0'), 'Invalid input: contains NUL'),
  eventSequence: z.int32().positive(),
});

/** The key of any item of the events table. */
export const itemKeySchema = z.object({
  aggregateId: z.string(),
  eventSequence: z.union([z.number(), z.instanceof(NumberValue)]),
});

/**
 * An event as it lies in the store: the envelope is checked, the payload is whatever version it was
 * written in. The journal keeps events in this form, so that one that nobody can read blocks only
 * those who must read it.
 */
export const storedEventSchema = eventKeySchema.extend({
  eventId: z.string().min(1),
  eventType: z.string().min(1),
  eventData: z.record(z.string(), z.unknown()).superRefine((value, ctx) => {
    const found = findNotStorable(value);
    if (found !== undefined) {
      ctx.addIssue({ code: 'custom', path: [...found.path], message: found.problem });
    }
  }),
  correlationId: z.string().min(1),
  causationId: z.string().min(1),
  timestamp: z.iso.datetime({ precision: 3 }),
  version: z.number().int().positive(),
  metadata: z.object({
    actor: z.string(),
    commandId: z.string(),
    commandType: z.string(),
  }),
});

export type StoredEvent = z.infer<typeof storedEventSchema>;

/** Checks an item of the events table. Throws EVENT_UNREADABLE, naming the event as far as it can. */
export function parseStoredEvent(item: unknown): StoredEvent {
  const result = storedEventSchema.safeParse(item);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new PlayheadError(
      'EVENT_UNREADABLE',
      `The item ${nameOf(item)} is not an event: ${issue?.path.join('.')}: ${issue?.message}`,
      { cause: result.error },
    );
  }
  return result.data;
}

function nameOf(item: unknown): string {
  const key = itemKeySchema.safeParse(item);
  return key.success ? `${key.data.aggregateId}/${key.data.eventSequence}` : '(without a key)';
}
