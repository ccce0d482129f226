import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import type {
  AccountEvent,
  RecordedAccountEvent,
} from '#server/modules/bank/domain/account-events.ts';
import type { DomainEvent, RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toRecordedEvent } from './event-codec.ts';

/** A stored event of an account in the current shape of its type. Throws for one of anything else. */
export function toAccountEvent(stored: StoredEvent): RecordedAccountEvent {
  const event = toRecordedEvent(stored);
  if (!isAccountEvent(event)) {
    throw new Error(`${event.eventType} is no event of an account.`);
  }
  return event;
}

/** Whether an event is one of those of an account, by its type. */
export function isAccountEvent(event: RecordedEvent): event is RecordedAccountEvent;
export function isAccountEvent(event: DomainEvent): event is AccountEvent;
export function isAccountEvent(event: DomainEvent): boolean {
  return Object.hasOwn(accountAggregate.events, event.eventType);
}
