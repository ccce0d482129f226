import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { UnknownTypeError } from '#server/runtime/platform/failure.ts';
import { aggregateOf, type EventSpec, type EventTypes, type StoredPayload } from './aggregate.ts';
import type { RecordedEvent } from './recorded-event.ts';
import { encode, toStorable } from './storable.ts';
import type { StoredEvent } from './stored-event.ts';

/** Between events in memory and in the store. */
export type EventCodec = {
  /**
   * A stored event in the current shape of its type; `version` stays the one it was stored in. Throws
   * EVENT_UNREADABLE, which names the event, for an unknown type or version and a broken payload:
   * reading it again will not help.
   */
  readonly decode: (stored: StoredEvent) => RecordedEvent;
  /**
   * An event as the store keeps it: `version` is the current one of its type, for that is the shape it
   * has in memory. Throws VALUE_NOT_STORABLE, which names the event and the part of its payload that
   * would not come back as it is.
   */
  readonly encode: (recorded: RecordedEvent) => StoredEvent;
};

/** The codec of all events of these aggregates. */
export function createEventCodec(aggregates: ReadonlyMap<string, EventTypes>): EventCodec {
  return {
    decode: (stored) => {
      const spec = specOf(aggregates, stored);
      if (spec === undefined) {
        const type = aggregateOf(aggregates, stored.aggregateId) ? 'its' : 'its aggregate’s';
        throw unreadable(stored, `${type} type is unknown to this program`, new UnknownTypeError());
      }
      const parsed = spec.codec.safeParse(requireCurrent(stored, spec));
      if (!parsed.success) {
        throw unreadable(stored, problemOf(parsed.error), parsed.error);
      }
      const { aggregateId, eventSequence, eventId, eventType, correlationId, causationId } = stored;
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
        eventType,
        eventData: parsed.data,
      };
    },
    encode: (recorded) => {
      const { aggregateId, eventSequence, eventType } = recorded;
      const what = `Event ${aggregateId}/${eventSequence} (${eventType})`;
      const spec = specOf(aggregates, recorded);
      if (spec === undefined) {
        throw new Error(`${what} is of no type that a module has registered.`);
      }
      const eventData = toStorable(what, encode(what, spec.codec, recorded.eventData));
      return { ...recorded, eventData, version: spec.schemaVersion };
    },
  };
}

function specOf(
  aggregates: ReadonlyMap<string, EventTypes>,
  { aggregateId, eventType }: Pick<StoredEvent, 'aggregateId' | 'eventType'>,
): EventSpec | undefined {
  const events = aggregateOf(aggregates, aggregateId)?.events;
  return events && Object.hasOwn(events, eventType) ? events[eventType] : undefined;
}

/** The payload in the current version of its type. */
function requireCurrent(stored: StoredEvent, { schemaVersion, upcasters }: EventSpec) {
  let payload: StoredPayload = stored.eventData;
  for (let from = stored.version; from !== schemaVersion; from += 1) {
    const upcast = upcasters?.[from];
    if (upcast === undefined) {
      throw unreadable(stored, `this program reads up to version ${schemaVersion}`);
    }
    try {
      payload = upcast(payload);
    } catch (error) {
      const problem = error instanceof z.ZodError ? problemOf(error) : String(error);
      throw unreadable(stored, problem, error);
    }
  }
  return payload;
}

function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${['eventData', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`;
}

function unreadable(stored: StoredEvent, problem: string, cause?: unknown): PlayheadError {
  const { aggregateId, eventSequence, eventType, version } = stored;
  return new PlayheadError(
    'EVENT_UNREADABLE',
    `Event ${aggregateId}/${eventSequence} (${eventType}, version ${version}) cannot be read: ${problem}.`,
    { cause },
  );
}
