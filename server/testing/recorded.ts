import type { DomainEvent, RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';

/** Events of one aggregate as the store hands them out: from sequence 1 on, an hour apart. */
export function toRecorded<Event extends DomainEvent>(
  aggregateId: string,
  events: readonly Event[],
): RecordedEvent<Event>[] {
  return events.map((event, index) => ({
    aggregateId,
    eventSequence: index + 1,
    eventId: `${aggregateId}-${index + 1}`,
    correlationId: 'correlation-1',
    causationId: `command-${index + 1}`,
    timestamp: new Date(Date.UTC(2026, 0, 30, 20) + index * 3_600_000).toISOString(),
    version: 1,
    metadata: { actor: 'tester', commandId: `command-${index + 1}`, commandType: 'Test' },
    ...event,
  }));
}
