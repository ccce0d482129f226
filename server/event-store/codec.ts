import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { ACCOUNT_EVENT_TYPES } from '#server/domain/account/account-events.ts';
import type { RecordedEvent } from '#server/domain/recorded-event.ts';
import { accountEventSchema, CURRENT_VERSIONS } from './event-schemas.ts';
import { encode, toStorable } from './storable.ts';
import type { StoredEvent } from './stored-event.ts';
import { upcast } from './upcasters.ts';

const eventTypeSchema = z.enum(ACCOUNT_EVENT_TYPES);

/**
 * A stored event in the current shape of its type; `version` stays the one it was stored in. Throws
 * EVENT_UNREADABLE, which names the event, for an unknown type or version and a broken payload:
 * reading it again will not help.
 */
export function toRecordedEvent(stored: StoredEvent): RecordedEvent {
  const type = eventTypeSchema.safeParse(stored.eventType);
  if (!type.success) {
    throw unreadable(stored, 'its type is unknown to this program');
  }
  const parsed = accountEventSchema.safeParse({
    eventType: type.data,
    eventData: requireCurrent(stored, type.data),
  });
  if (!parsed.success) {
    throw unreadable(stored, problemOf(parsed.error), parsed.error);
  }
  const { aggregateId, eventSequence, eventId, correlationId, causationId } = stored;
  const { timestamp, version, metadata } = stored;
  return {
    aggregateId,
    eventSequence,
    eventId,
    correlationId,
    causationId,
    timestamp,
    version,
    metadata,
    ...parsed.data,
  };
}

/**
 * An event as the store keeps it: minor units as strings, and `version` the current one of its
 * type, for that is the shape it has in memory. Throws VALUE_NOT_STORABLE, which names the event and the
 * part of its payload that would not come back as it is.
 */
export function toStoredEvent(recorded: RecordedEvent): StoredEvent {
  const { aggregateId, eventSequence, eventType } = recorded;
  const what = `Event ${aggregateId}/${eventSequence} (${eventType})`;
  const { eventData } = encode(what, accountEventSchema, recorded);
  return {
    ...recorded,
    eventData: toStorable(what, eventData),
    version: CURRENT_VERSIONS[eventType],
  };
}

function requireCurrent(stored: StoredEvent, type: RecordedEvent['eventType']) {
  let payload: ReturnType<typeof upcast>;
  try {
    payload = upcast(type, stored.version, stored.eventData);
  } catch (error) {
    throw unreadable(stored, error instanceof z.ZodError ? problemOf(error) : String(error), error);
  }
  if (payload === undefined) {
    throw unreadable(stored, `this program reads up to version ${CURRENT_VERSIONS[type]}`);
  }
  return payload;
}

function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.')}: ${issue?.message}`;
}

function unreadable(stored: StoredEvent, problem: string, cause?: unknown): PlayheadError {
  const { aggregateId, eventSequence, eventType, version } = stored;
  return new PlayheadError(
    'EVENT_UNREADABLE',
    `Event ${aggregateId}/${eventSequence} (${eventType}, version ${version}) cannot be read: ${problem}.`,
    { cause },
  );
}
