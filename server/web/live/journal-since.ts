import { desc, gt } from 'drizzle-orm';
import type { LiveMessage } from '#lib/contracts/live.ts';
import type { EventCodec } from '#server/runtime/event-store/event-codec.ts';
import { journal } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { toJournalItem } from '../event-item.ts';

type EventsMessage = Extract<LiveMessage, { type: 'events' }>;

/** So many events travel in one message; the oldest of a larger burst are counted only. */
export const MAX_ITEMS = 200;

/**
 * What the journal took in after `position`, in one query: the newest MAX_ITEMS events, oldest
 * first, and how many more there were, which is known because positions have no gaps.
 */
export async function getJournalSince(
  db: Db,
  codec: EventCodec,
  position: number,
): Promise<EventsMessage> {
  const rows = await db
    .select()
    .from(journal)
    .where(gt(journal.position, position))
    .orderBy(desc(journal.position))
    .limit(MAX_ITEMS);
  const head = rows[0]?.position ?? position;
  return {
    type: 'events',
    head,
    items: rows.toReversed().map((row) => toJournalItem(codec, row)),
    skipped: head - position - rows.length,
  };
}
