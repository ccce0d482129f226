import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import type { RecordedEvent } from '#server/runtime/event-store/recorded-event.ts';
import type { StoredEvent } from '#server/runtime/event-store/stored-event.ts';
import { toStoredEvent } from '#server/testing/event-codec.ts';

/** Writes events to the event store as if commands had brought them about; answers as stored. */
export async function appendHistory(
  store: EventStore,
  events: readonly RecordedEvent[],
): Promise<StoredEvent[]> {
  const stored = events.map(toStoredEvent);
  for (let start = 0; start < stored.length; start += 99) {
    const chunk = stored.slice(start, start + 99);
    const result = await store.append(chunk, {
      commandId: `append-${chunk[0]?.eventId}`,
      commandType: 'Test',
      payloadHash: '',
      tokens: [],
      acceptedAt: new Date().toISOString(),
      actor: 'test',
      correlationId: 'test',
    });
    if (result.kind !== 'appended') {
      throw new Error(`The history was not appended: ${result.kind}.`);
    }
  }
  return stored;
}
