import { z } from 'zod';
import type { TimelineItem, TimelinePage } from '#lib/contracts/queries.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type DeliveredEvent, isBroken } from '#server/runtime/event-store/delivered-event.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import type { EventStore } from '#server/runtime/event-store/event-store.ts';
import { encodeCursor, parseCursor } from '#server/runtime/queries/cursor.ts';
import { pageParams, sequenceSchema } from '#server/runtime/queries/parse-query.ts';
import { toEventItem } from '../event-item.ts';

export const timelineQuerySchema = z.object(pageParams);

/** Sequences have no gaps: the page before an event has as many that follow it. */
const placeSchema = z.union([
  z.object({ before: sequenceSchema.min(2) }),
  z.object({ after: sequenceSchema }),
]);

/**
 * A page of an aggregate's events from the event store, newest first, with what lies among them and is
 * no event. Throws AGGREGATE_NOT_FOUND, and INVALID_INPUT for another list's cursor.
 */
export async function getTimelinePage(
  store: EventStore,
  aggregateId: string,
  { cursor, limit }: z.infer<typeof timelineQuerySchema>,
): Promise<TimelinePage> {
  const place: { readonly before?: number; readonly after?: number } =
    cursor === undefined ? {} : parseCursor(placeSchema, cursor);
  const { before, after = 0 } = place;
  const upTo = before !== undefined ? before - 1 : after === 0 ? undefined : after + limit;
  const [read, newest] = await Promise.all([
    store.readBackwards(aggregateId, { limit, ...(upTo === undefined ? {} : { upTo }) }),
    store.getNewestSequence(aggregateId),
  ]);
  const events = read.filter(({ eventSequence }) => eventSequence > after);
  const version = Math.max(newest, events[0]?.eventSequence ?? 0);
  if (version === 0) {
    throw new PlayheadError('AGGREGATE_NOT_FOUND', `There is no ${aggregateId}.`);
  }
  const [first, last] = [events[0], events.at(-1)];
  return {
    items: events.map((event) => toTimelineItem(store, event)),
    version,
    nextCursor:
      last && last.eventSequence > 1 ? encodeCursor({ before: last.eventSequence }) : null,
    previousCursor:
      first && first.eventSequence < version ? encodeCursor({ after: first.eventSequence }) : null,
  };
}

function toTimelineItem(codec: EventCodec, event: DeliveredEvent): TimelineItem {
  return isBroken(event)
    ? {
        eventSequence: event.eventSequence,
        unreadable: event.problem.message,
        rawItem: event.rawItem,
      }
    : toEventItem(codec, event, null);
}
