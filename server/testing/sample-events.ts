import { randomUUID } from 'node:crypto';
import { accountAggregate } from '#server/modules/bank/domain/account-aggregate.ts';
import { toAccountAggregateId } from '#server/modules/bank/domain/account-aggregate-id.ts';
import type {
  AccountEvent,
  RecordedAccountEvent,
} from '#server/modules/bank/domain/account-events.ts';
import type { CommandRecord } from '#server/runtime/event-store/command-record.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';

/** Events for tests: an account in EUR, unless said otherwise. */
export const opened = (
  data: Partial<{ owner: string; number: string; currency: string; overdraftLimit: bigint }> = {},
): AccountEvent => ({
  eventType: 'AccountOpened',
  eventData: { owner: 'Ada', number: 'A-1', currency: 'EUR', overdraftLimit: 0n, ...data },
});

export const deposited = (amount: bigint, currency = 'EUR'): AccountEvent => ({
  eventType: 'MoneyDeposited',
  eventData: { amount, currency },
});

export const withdrawn = (amount: bigint, currency = 'EUR'): AccountEvent => ({
  eventType: 'MoneyWithdrawn',
  eventData: { amount, currency },
});

export const closed = (): AccountEvent => ({ eventType: 'AccountClosed', eventData: {} });

/** The moment `minutes` after the start of 2026, as events carry it. */
export function minute(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
}

/** Events as the store hands them out: consecutive from `first` on, a minute apart. */
export function toHistory(
  accountId: string,
  events: readonly AccountEvent[],
  first = 1,
): RecordedAccountEvent[] {
  return events.map((event, index) => ({
    aggregateId: toAccountAggregateId(accountId),
    eventSequence: first + index,
    eventId: randomUUID(),
    correlationId: 'correlation-1',
    causationId: 'command-1',
    timestamp: minute(first + index),
    version: accountAggregate.events[event.eventType].schemaVersion,
    metadata: { actor: 'tester', commandId: 'command-1', commandType: 'Test' },
    ...event,
  }));
}

/** The same, in the form that is stored. */
export function toStoredHistory(
  accountId: string,
  events: readonly AccountEvent[],
  first = 1,
): StoredEvent[] {
  return toHistory(accountId, events, first).map(toStoredEvent);
}

/** The record of a command that nobody sent. */
export function commandRecord(changes: Partial<CommandRecord> = {}): CommandRecord {
  return {
    commandId: randomUUID(),
    commandType: 'Test',
    payloadHash: 'hash-1',
    tokens: [],
    acceptedAt: minute(0),
    actor: 'tester',
    correlationId: 'correlation-1',
    ...changes,
  };
}
