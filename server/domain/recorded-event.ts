import type { AccountEvent } from './account/account-events.ts';

/** What the store knows about every event, beside what happened. */
export type EventEnvelope = {
  /** `account#<account id>`. */
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
export type RecordedEvent = EventEnvelope & AccountEvent;

/** The key of an account's history in the event store. */
export function toAggregateId(accountId: string): string {
  return `account#${accountId}`;
}

/** The account id in an aggregate id; the whole text when it is not an account's. */
export function fromAggregateId(aggregateId: string): string {
  return aggregateId.replace(/^account#/, '');
}
