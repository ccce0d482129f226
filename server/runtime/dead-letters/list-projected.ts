import { asc, eq, getTableColumns, lte, sql } from 'drizzle-orm';
import { deadLetters, JOURNAL } from '#server/runtime/journal/dead-letters-table.ts';
import { journalAggregates } from '#server/runtime/journal/journal-table.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import type { DeadLetterGroup } from './dead-letter.ts';
import { toCondition } from './dead-letter-condition.ts';
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
      aggregates: sql<number>`(count(*) OVER (${group}))::int`.as('aggregates'),
      allWaiting: sql<string | null>`sum(${waiting}) OVER (${group})`.as('all_waiting'),
      place: sql<number>`row_number() OVER (
        ${group} ORDER BY ${deadLetters.firstFailedAt}, ${deadLetters.position}
      )`.as('place'),
    })
    .from(deadLetters)
    .leftJoin(journalAggregates, eq(journalAggregates.aggregateId, aggregateId))
    .where(toCondition(filter, { skipped }))
    .as('numbered');
  const rows = await db
    .select()
    .from(numbered)
    .where(lte(numbered.place, limit))
    .orderBy(asc(numbered.firstFailedAt), asc(numbered.position));
  const groups = toGroups(rows.map(toDeadLetter));
  return groups.map(({ letters, ...rest }) => ({
    ...rest,
    aggregates: letters[0]?.aggregates ?? 0,
    waiting: letters[0]?.allWaiting == null ? null : Number(letters[0].allWaiting),
    letters: letters.map(({ aggregates: _, allWaiting: __, place: ___, ...letter }) => letter),
  }));
}

/** A row of `dead_letters` as it is read, with what is counted beside it. */
export function toDeadLetter<Row extends typeof deadLetters.$inferSelect>({
  skippedAt,
  skippedBy,
  skipReason,
  ...row
}: Row) {
  return {
    ...row,
    firstFailedAt: row.firstFailedAt.toISOString(),
    lastFailedAt: row.lastFailedAt.toISOString(),
    skipped: skippedAt && {
      at: skippedAt.toISOString(),
      by: skippedBy ?? '',
      reason: skipReason ?? '',
    },
  };
}
