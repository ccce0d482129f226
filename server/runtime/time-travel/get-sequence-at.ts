import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { readDelivered } from '#server/runtime/event-store/read-delivered.ts';
import { requireVersion } from './require-version.ts';

/**
 * The sequence that an aggregate was at: its last event with a timestamp up to `time` (ISO 8601 with an
 * offset, or a day, which is meant to its end in UTC, as all days are); 0 before its first event. Timestamps never run backwards within an aggregate, so
 * some twenty reads find it among a million events. Throws INVALID_INPUT and AGGREGATE_NOT_FOUND.
 */
export async function getSequenceAt(
  store: EventStore,
  aggregateId: string,
  time: string,
): Promise<number> {
  const at = toInstant(time);
  // Invariant: event `reached` is at or before the time, event `beyond` is after it.
  let reached = 0;
  let beyond = (await requireVersion(store, aggregateId)) + 1;
  while (beyond - reached > 1) {
    const middle = Math.floor((reached + beyond) / 2);
    const range = { from: middle, to: middle };
    const [event] = await readDelivered(store, aggregateId, range, { areKnown: true });
    if (event === undefined || event.timestamp === '') {
      const sentence = `Event ${aggregateId}/${middle} is missing from the event store, or has no time.`;
      throw new PlayheadError('EVENT_UNREADABLE', sentence);
    }
    if (event.timestamp <= at) {
      reached = middle;
    } else {
      beyond = middle;
    }
  }
  return reached;
}

const timeSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** The form in which events carry their time, so that texts compare as times do. */
function toInstant(time: string): string {
  if (!timeSchema.safeParse(time).success) {
    const sentence = `“${time.slice(0, 40)}” is not a time: write 2026-11-30T14:00:00Z.`;
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'at' });
  }
  return z.iso.date().safeParse(time).success
    ? `${time}T23:59:59.999Z`
    : new Date(time).toISOString();
}
