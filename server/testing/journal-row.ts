import type { JournalRow } from '#server/runtime/webhooks/attempt-delivery.ts';

/** A row of the journal: a deposit at a position, of an account. */
export function journalRow(
  position: number,
  account: string,
  eventData: JournalRow['eventData'] = { amount: '1' },
): JournalRow {
  return {
    position,
    slice: 0,
    aggregateId: `account#${account}`,
    eventSequence: 1,
    eventId: `event-${position}`,
    eventType: 'MoneyDeposited',
    eventData,
    correlationId: 'c',
    causationId: 'c',
    timestamp: new Date(0),
    version: 1,
    metadata: { actor: 'ann', commandId: 'c', commandType: 'Deposit' },
    ingestedAt: new Date(0),
  };
}
