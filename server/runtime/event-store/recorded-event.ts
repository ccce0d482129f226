/** What happened, in memory: a type, and a payload in the current shape of that type. */
export type DomainEvent = { readonly eventType: string; readonly eventData: object };

/** What the store knows about every event, beside what happened. */
export type EventEnvelope = {
  /** `<aggregate type>#<id>` (`toAggregateId`). */
  readonly aggregateId: string;
  /** 1, 2, 3 … within the aggregate, without gaps. */
  readonly eventSequence: number;
  readonly eventId: string;
  /** Shared by everything that one request set off. */
  readonly correlationId: string;
  /** The command that caused the event. */
  readonly causationId: string;
  /** ISO 8601 in UTC with milliseconds; never before the aggregate's event before it. */
  readonly timestamp: string;
  /** The version of the event type's schema in which the event was stored. */
  readonly version: number;
  readonly metadata: EventMetadata;
};

export type EventMetadata = {
  readonly actor: string;
  readonly commandId: string;
  readonly commandType: string;
};

/** An event as it was stored, in the current shape of its type. */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = EventEnvelope & Event;
