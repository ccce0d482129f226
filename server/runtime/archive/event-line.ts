import { z } from 'zod';
import { eventKeySchema } from '#server/runtime/event-store/stored-event.ts';
import type { TypedItem } from './item-line.ts';

const text = z.object({ S: z.string() }).transform(({ S }) => S);

const factsSchema = z
  .object({
    aggregateId: text,
    eventSequence: z.object({ N: z.string() }).transform(({ N }) => Number(N)),
  })
  .pipe(eventKeySchema);

const scannedSchema = z.object({
  eventType: text,
  timestamp: text.pipe(z.iso.datetime({ precision: 3 })),
});

export type EventKey = z.infer<typeof eventKeySchema>;

/** As much of a stored event as its archiving needs to know. */
export type ScannedEvent = EventKey & z.infer<typeof scannedSchema>;

/** An item's facts; undefined when it has no event's key, or no type or time: it cannot be archived. */
export function toScannedEvent(item: TypedItem): ScannedEvent | undefined {
  const key = factsSchema.safeParse(item);
  const rest = scannedSchema.safeParse(item);
  return key.success && rest.success ? { ...key.data, ...rest.data } : undefined;
}

/** The key of an archived event's line. Throws for a line that is none. */
export function parseEventKey(line: string): EventKey {
  return factsSchema.parse(JSON.parse(line));
}

/** The order of an object's events: by aggregate, then by sequence. */
export function compareKeys(a: EventKey, b: EventKey): number {
  return a.aggregateId === b.aggregateId
    ? a.eventSequence - b.eventSequence
    : a.aggregateId < b.aggregateId
      ? -1
      : 1;
}

/** As manifests name an event. */
export function toKeyText({ aggregateId, eventSequence }: EventKey): string {
  return `${aggregateId}/${eventSequence}`;
}
