import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { journal } from '#server/runtime/journal/journal-table.ts';
import { toCloudEvent } from './to-cloud-event.ts';

/** EventBridge counts a time as so many bytes. */
const TIME_BYTES = 14;

/** An event as EventBridge takes it: rules match `source`, `detail-type` and what is in `detail`, the CloudEvent. Pure. */
export function toBusEntry(EventBusName: string, event: typeof journal.$inferSelect) {
  return {
    EventBusName,
    Source: 'playhead',
    DetailType: event.eventType,
    Detail: toCloudEvent(event),
    Time: event.timestamp,
  } satisfies PutEventsRequestEntry;
}

export type BusEntry = ReturnType<typeof toBusEntry>;

/** What EventBridge counts of an entry, in bytes. Pure. */
export function toBusEntrySize({ Source, DetailType, Detail }: BusEntry): number {
  return TIME_BYTES + Buffer.byteLength(Source + DetailType + Detail);
}
