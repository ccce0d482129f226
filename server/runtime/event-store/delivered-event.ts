import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { toMalformedItemId } from './malformed-item-id.ts';
import { toRawJson } from './raw-json.ts';
import {
  eventKeySchema,
  itemKeySchema,
  parseStoredEvent,
  type StoredEvent,
} from './stored-event.ts';

/** What lies in the store, or does not, where an event should be: its aggregate must wait there. */
export type BrokenEvent = {
  readonly aggregateId: string;
  readonly eventSequence: number;
  /** As far as the item has them. */
  readonly eventId: string | null;
  readonly eventType: string | null;
  /** The item's own; empty without one. */
  readonly timestamp: string;
  /** EVENT_UNREADABLE, or SEQUENCE_GAP where there is no item. */
  readonly problem: Error;
  /** The item as it lies in the store, as JSON. */
  readonly rawItem: string | null;
};

/** What consumers of the stream get: an event, or what is in the place of one. */
export type DeliveredEvent = StoredEvent | BrokenEvent;

export function isBroken(event: DeliveredEvent): event is BrokenEvent {
  return 'problem' in event;
}

const text = z.string().nullable().catch(null);
const factsSchema = z.object({
  eventId: text.default(null),
  eventType: text.default(null),
  timestamp: z.string().catch(''),
});

/**
 * An item of the events table, whatever it holds. One whose key is no event's belongs to no history:
 * it comes as the first event of an aggregate of its own (`toMalformedItemId`), and keeps nobody waiting.
 * Throws EVENT_UNREADABLE only for what cannot lie in that table.
 */
export function toDeliveredEvent(item: unknown): DeliveredEvent {
  try {
    return parseStoredEvent(item);
  } catch (problem) {
    const key = toKey(item);
    const facts = factsSchema.safeParse(item);
    if (key === undefined || !facts.success || !(problem instanceof Error)) {
      throw problem;
    }
    return { ...key, ...facts.data, problem, rawItem: toRawJson(item) };
  }
}

function toKey(item: unknown): Pick<BrokenEvent, 'aggregateId' | 'eventSequence'> | undefined {
  const own = eventKeySchema.safeParse(item);
  if (own.success) {
    return own.data;
  }
  const malformed = itemKeySchema.safeParse(item);
  return malformed.success
    ? { aggregateId: toMalformedItemId(malformed.data), eventSequence: 1 }
    : undefined;
}

/** An event that is not in the store, although a later one is. */
export function toMissingEvent(aggregateId: string, eventSequence: number): BrokenEvent {
  const problem = new PlayheadError(
    'SEQUENCE_GAP',
    `The event store has no event ${eventSequence} of ${aggregateId}, although it has a later one.`,
  );
  const unknown = { eventId: null, eventType: null, timestamp: '', rawItem: null };
  return { aggregateId, eventSequence, problem, ...unknown };
}
