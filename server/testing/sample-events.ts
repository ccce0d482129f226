import { randomUUID } from 'node:crypto';
import type { AccountEvent } from '#server/domain/account/account-events.ts';
import { type RecordedEvent, toAggregateId } from '#server/domain/recorded-event.ts';
import { toStoredEvent } from '#server/event-store/codec.ts';
import type { CommandRecord } from '#server/event-store/command-record.ts';
import { CURRENT_VERSIONS } from '#server/event-store/event-schemas.ts';
import type { StoredEvent } from '#server/event-store/stored-event.ts';

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
): RecordedEvent[] {
  return events.map((event, index) => ({
    aggregateId: toAggregateId(accountId),
    eventSequence: first + index,
    eventId: randomUUID(),
    correlationId: 'correlation-1',
    causationId: 'command-1',
    timestamp: minute(first + index),
    version: CURRENT_VERSIONS[event.eventType],
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
