import { and, asc, eq, getTableColumns, lte, ne, sql } from 'drizzle-orm';
import { fromAggregateId } from '#server/domain/recorded-event.ts';
import { deadLetters, JOURNAL } from '#server/journal/dead-letters-table.ts';
import { journalAggregates } from '#server/journal/journal-table.ts';
import type { Db } from '#server/platform/postgres.ts';
import type { DeadLetterGroup } from './dead-letter.ts';
import type { DeadLetterFilter } from './dead-letter-filter.ts';
import { toGroups } from './to-groups.ts';

export type ListOptions = {
  /** Instead of what waits, what was skipped. */
  readonly skipped: boolean;
  /** Letters of a group, at most. */
  readonly limit: number;
};

/**
 * The dead letters of ingest and of the projections in PostgreSQL. What waits behind those of ingest
 * is in the event store, and is not counted here.
 */
export async function listProjected(
  db: Db,
  filter: DeadLetterFilter,
  { skipped, limit }: ListOptions,
): Promise<DeadLetterGroup[]> {
  const { projection, aggregateId, category, eventType, errorGroup } = deadLetters;
  const group = sql`PARTITION BY ${projection}, ${category}, ${eventType}, ${errorGroup}`;
  const waiting = sql`CASE WHEN ${projection} <> ${JOURNAL} AND ${deadLetters.status} = 'dead'
    THEN ${journalAggregates.eventSequence} - ${deadLetters.eventSequence} END`;
  const numbered = db
    .select({
      ...getTableColumns(deadLetters),
      waiting: sql<number | null>`${waiting}`.as('waiting'),
      accounts: sql<number>`(count(*) OVER (${group}))::int`.as('accounts'),
      allWaiting: sql<string | null>`sum(${waiting}) OVER (${group})`.as('all_waiting'),
      place: sql<number>`row_number() OVER (
        ${group} ORDER BY ${deadLetters.firstFailedAt}, ${deadLetters.position}
      )`.as('place'),
    })
    .from(deadLetters)
    .leftJoin(journalAggregates, eq(journalAggregates.aggregateId, aggregateId))
    .where(
      and(
        skipped ? eq(deadLetters.status, 'skipped') : ne(deadLetters.status, 'skipped'),
        // What is kept with a projection's previous generation is no matter of now.
        sql`${projection} NOT LIKE '%@%'`,
        filter.projection === undefined ? undefined : eq(projection, filter.projection),
        filter.aggregateId === undefined ? undefined : eq(aggregateId, filter.aggregateId),
        filter.category === undefined ? undefined : eq(category, filter.category),
        filter.eventType === undefined ? undefined : eq(eventType, filter.eventType),
        filter.errorGroup === undefined ? undefined : eq(errorGroup, filter.errorGroup),
      ),
    )
    .as('numbered');
  const rows = await db
    .select()
    .from(numbered)
    .where(lte(numbered.place, limit))
    .orderBy(asc(numbered.firstFailedAt), asc(numbered.position));
  const groups = toGroups(
    rows.map(({ skippedAt, skippedBy, skipReason, ...row }) => ({
      ...row,
      accountId: fromAggregateId(row.aggregateId),
      firstFailedAt: row.firstFailedAt.toISOString(),
      lastFailedAt: row.lastFailedAt.toISOString(),
      skipped: skippedAt && {
        at: skippedAt.toISOString(),
        by: skippedBy ?? '',
        reason: skipReason ?? '',
      },
    })),
  );
  return groups.map(({ letters, ...rest }) => ({
    ...rest,
    accounts: letters[0]?.accounts ?? 0,
    waiting: letters[0]?.allWaiting == null ? null : Number(letters[0].allWaiting),
    letters: letters.map(({ accounts: _, allWaiting: __, place: ___, ...letter }) => letter),
  }));
}
