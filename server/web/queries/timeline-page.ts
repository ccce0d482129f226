import { z } from 'zod';
import type { TimelineItem, TimelinePage } from '#lib/contracts/queries.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import { type DeliveredEvent, isBroken } from '#server/event-store/delivered-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { accountNotFound } from '../account-row.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { toEventItem } from '../event-item.ts';
import { pageParams, sequenceSchema } from '../parse-query.ts';

export const timelineQuerySchema = z.object(pageParams);

const placeSchema = z.object({ before: sequenceSchema.min(2) });

/**
 * A page of an account's events from the event store, newest first, with what lies among them and is
 * no event. Throws ACCOUNT_NOT_FOUND, and
 * INVALID_INPUT for another list's cursor.
 */
export async function getTimelinePage(
  store: EventStore,
  accountId: string,
  { cursor, limit }: z.infer<typeof timelineQuerySchema>,
): Promise<TimelinePage> {
  const aggregateId = toAggregateId(accountId);
  const upTo = cursor === undefined ? undefined : parseCursor(placeSchema, cursor).before - 1;
  const [events, newest] = await Promise.all([
    store.readBackwards(aggregateId, { limit, ...(upTo === undefined ? {} : { upTo }) }),
    store.getNewestSequence(aggregateId),
  ]);
  const version = Math.max(newest, events[0]?.eventSequence ?? 0);
  if (version === 0) {
    throw accountNotFound(accountId);
  }
  const last = events.at(-1);
  return {
    items: events.map(toTimelineItem),
    version,
    nextCursor:
      last && last.eventSequence > 1 ? encodeCursor({ before: last.eventSequence }) : null,
  };
}

function toTimelineItem(event: DeliveredEvent): TimelineItem {
  return isBroken(event)
    ? {
        eventSequence: event.eventSequence,
        unreadable: event.problem.message,
        rawItem: event.rawItem,
      }
    : toEventItem(event, null);
}
