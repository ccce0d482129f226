import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import { eventKeySchema, storedEventSchema } from '#server/runtime/event-store/stored-event.ts';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';

/** SNS and SQS take 262,144 bytes, attributes included. */
const MAX_BODY_BYTES = 250_000;

/** What a group's and a deduplication's id may be made of. */
const PLAIN_ID = /^[A-Za-z0-9!-/:-@[-`{-~]{1,128}$/;

/** A message as it is published: of one group in its order, and once in five minutes by its deduplication id. */
export type BusMessage = {
  readonly groupId: string;
  readonly deduplicationId: string;
  /** What subscriptions are filtered by. */
  readonly aggregateType: string;
  readonly body: string;
};

const position = z.number().int().positive();
const wholeSchema = storedEventSchema.extend({ position });
const referenceSchema = eventKeySchema.extend({ position });

/** Which event a message is about. */
export type EventReference = z.infer<typeof referenceSchema>;

/** An event as a message. One that is too large for the bus travels as its place in the journal. */
export function toBusMessage(event: JournalEvent): BusMessage {
  const { aggregateId, eventSequence, eventId, position: place } = event;
  const whole = JSON.stringify(event);
  const fits = Buffer.byteLength(whole) <= MAX_BODY_BYTES;
  return {
    groupId: toPlainId(aggregateId),
    deduplicationId: toPlainId(eventId),
    aggregateType: parseAggregateId(aggregateId).type,
    body: fits ? whole : JSON.stringify({ aggregateId, eventSequence, position: place }),
  };
}

/**
 * Reads a message's body: the event, or where the journal has it; undefined where it is neither, since
 * anybody with the right to may put messages into a queue.
 */
export function parseBusMessage(
  body: string,
): { readonly event: JournalEvent } | { readonly reference: EventReference } | undefined {
  const json = parseJson(body);
  const whole = wholeSchema.safeParse(json);
  if (whole.success) {
    return { event: whole.data };
  }
  const reference = referenceSchema.safeParse(json);
  return reference.success ? { reference: reference.data } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An id as SNS and SQS take it for a group or a deduplication: itself, or its hash. */
export function toPlainId(id: string): string {
  return PLAIN_ID.test(id) ? id : createHash('sha256').update(id).digest('hex');
}
