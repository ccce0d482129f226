import { and, asc, eq, getTableColumns, gt, gte, lte, sql } from 'drizzle-orm';
import type { Db, Tx } from '#server/platform/postgres.ts';
import type { JournalEvent } from './journal-event.ts';
import { journal } from './journal-table.ts';

const { slice: _slice, ingestedAt: _ingestedAt, ...columns } = getTableColumns(journal);

/** From milliseconds: Date does not read PostgreSQL's own text before the year 100 as it is meant. */
const timestamp = sql`(extract(epoch FROM ${journal.timestamp}) * 1000)::float8`.mapWith(
  (milliseconds: number) => new Date(milliseconds).toISOString(),
);

/**
 * The events behind position `after`, at most `limit`, in their order. Positions have no gaps, so
 * that the answer is a run from `after` + 1 on.
 */
export async function readJournal(
  db: Db,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<JournalEvent[]> {
  return db
    .select({ ...columns, timestamp })
    .from(journal)
    .where(gt(journal.position, after))
    .orderBy(asc(journal.position))
    .limit(limit)
    .prepare('read_journal')
    .execute();
}

/**
 * One aggregate's events from sequence `from` on, up to the position `upTo`, at most `limit`, in
 * their order.
 */
export async function readAggregateJournal(
  db: Db | Tx,
  aggregateId: string,
  { from, upTo, limit }: { readonly from: number; readonly upTo: number; readonly limit: number },
): Promise<JournalEvent[]> {
  return db
    .select({ ...columns, timestamp })
    .from(journal)
    .where(
      and(
        eq(journal.aggregateId, aggregateId),
        gte(journal.eventSequence, from),
        lte(journal.position, upTo),
      ),
    )
    .orderBy(asc(journal.eventSequence))
    .limit(limit);
}
