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

const placeSchema = z.object({ before: sequenceSchema.min(2) });

/**
 * A page of an aggregate's events from the event store, newest first, with what lies among them and is
 * no event. Throws AGGREGATE_NOT_FOUND, and INVALID_INPUT for another list's cursor.
 */
export async function getTimelinePage(
  store: EventStore,
  aggregateId: string,
  { cursor, limit }: z.infer<typeof timelineQuerySchema>,
): Promise<TimelinePage> {
  const upTo = cursor === undefined ? undefined : parseCursor(placeSchema, cursor).before - 1;
  const [events, newest] = await Promise.all([
    store.readBackwards(aggregateId, { limit, ...(upTo === undefined ? {} : { upTo }) }),
    store.getNewestSequence(aggregateId),
  ]);
  const version = Math.max(newest, events[0]?.eventSequence ?? 0);
  if (version === 0) {
    throw new PlayheadError('AGGREGATE_NOT_FOUND', `There is no ${aggregateId}.`);
  }
  const last = events.at(-1);
  return {
    items: events.map((event) => toTimelineItem(store, event)),
    version,
    nextCursor:
      last && last.eventSequence > 1 ? encodeCursor({ before: last.eventSequence }) : null,
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
