import { z } from 'zod';
import type { TimelinePage } from '#lib/contracts/queries.ts';
import { toAggregateId } from '#server/domain/recorded-event.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { accountNotFound } from '../account-row.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { toEventItem } from '../event-item.ts';
import { pageParams, sequenceSchema } from '../parse-query.ts';

export const timelineQuerySchema = z.object(pageParams);

const placeSchema = z.object({ before: sequenceSchema.min(2) });

/**
 * A page of an account's events from the event store, newest first. Throws ACCOUNT_NOT_FOUND, and
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
    upTo === undefined ? [] : store.readBackwards(aggregateId, { limit: 1 }),
  ]);
  const version = (newest[0] ?? events[0])?.eventSequence;
  if (version === undefined) {
    throw accountNotFound(accountId);
  }
  const last = events.at(-1);
  return {
    items: events.map((event) => toEventItem(event, null)),
    version,
    nextCursor:
      last && last.eventSequence > 1 ? encodeCursor({ before: last.eventSequence }) : null,
  };
}
